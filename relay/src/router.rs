//! `router(app)`: the same for the server and for tests.

use std::future::Future;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use sluis_wire::api::{Problem, StreamOpen};
use sluis_wire::{capability, codec};

use crate::app::App;
use crate::caller;
use crate::calls::Asked;
use crate::error::Refusal;
use crate::handlers::{
    board, changes, directory, dossier, figure, file, intake, person, rendezvous, setup, snapshot,
    statement,
};
use crate::openapi::Description;
use crate::site;
use crate::store::Store;

/// All that the relay answers.
pub fn router<S: Store>(app: App<S>) -> Router {
    let routes = Routes::default()
        .call(setup::hello)
        .call(setup::set_up)
        .call(directory::append)
        .call(directory::read)
        .call(statement::put)
        .call(statement::list)
        .call(snapshot::put)
        .call(snapshot::read)
        .call(snapshot::evidence)
        .call(intake::challenge)
        .call(intake::post)
        .call(intake::list)
        .call(intake::delete)
        .call(board::page)
        .call(board::post)
        .call(board::renew)
        .call(dossier::create)
        .call(dossier::control_append)
        .call(dossier::control_read)
        .call(dossier::event_append)
        .call(dossier::event_read)
        .call(person::put)
        .call(person::wraps_put)
        .call(person::wraps_read)
        .call(person::read)
        .call(person::erase)
        .call(file::begin)
        .call(file::open)
        .call(file::put)
        .call(file::look)
        .call(file::finish)
        .call(file::read)
        .call(file::claim)
        .call(file::delete)
        .call(figure::put)
        .call(figure::list)
        .call(changes::read)
        .call(rendezvous::put)
        .call(rendezvous::read)
        .stream();
    let openapi = app.settings().openapi;
    let mut all = routes.router.route(
        "/health",
        get(async || ([(header::CACHE_CONTROL, "no-store")], "ok")),
    );
    if openapi {
        let text = routes.description.into_json();
        let answer = async move || ([(header::CONTENT_TYPE, "application/json")], text.clone());
        all = all.route("/openapi.json", get(answer));
    }
    all.method_not_allowed_fallback(async || Refusal(Problem::NotFound))
        .fallback(site::serve::<S>)
        .layer(middleware::from_fn_with_state(
            app.clone(),
            desk_origin::<S>,
        ))
        .with_state(app)
}

/// Routes and their description, made from the same types.
struct Routes<S> {
    router: Router<App<S>>,
    description: Description,
}

impl<S: Store> Default for Routes<S> {
    fn default() -> Self {
        Self {
            router: Router::new(),
            description: Description::default(),
        }
    }
}

impl<S: Store> Routes<S> {
    fn call<C, H, F>(mut self, handle: H) -> Self
    where
        C: Asked,
        H: Fn(App<S>, C) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Result<C::Answer, Refusal>> + Send + 'static,
        C::Answer: Send + 'static,
    {
        let answer =
            async move |State(app): State<App<S>>, request: Request| -> Result<Response, Refusal> {
                let call = caller::receive::<C, S>(&app, request).await?;
                // A caller who goes away does not stop what was begun: storage and memory would part.
                let answer = tokio::spawn(handle(app, call))
                    .await
                    .map_err(|_| Problem::Internal)??;
                Ok(bytes(codec::encode(&answer)))
            };
        self.router = self.router.route(C::PATH, post(answer));
        self.description.add::<C>();
        self
    }

    fn stream(mut self) -> Self {
        use sluis_wire::api::Call as _;
        self.router = self
            .router
            .route(StreamOpen::PATH, post(changes::stream::<S>));
        self.description.add::<StreamOpen>();
        self
    }
}

/// An answer with as few headers as can be: a poll that finds nothing new has to stay small.
fn bytes(body: Vec<u8>) -> Response {
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/octet-stream"),
        ),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (headers, body).into_response()
}

/// Lets a desk on an origin of its own call the interface.
async fn desk_origin<S: Store>(
    State(app): State<App<S>>,
    request: Request,
    next: Next,
) -> Response {
    let Some(desk) = &app.settings().desk_origin else {
        return next.run(request).await;
    };
    let origin = request.headers().get(header::ORIGIN);
    let api = request.uri().path().starts_with("/api/");
    if !api || origin.is_none_or(|origin| origin.as_bytes() != desk.as_str().as_bytes()) {
        return next.run(request).await;
    }
    let mut response = if request.method() == Method::OPTIONS {
        let allowed = format!("content-type, {}", capability::HEADER);
        let headers = [
            (header::ACCESS_CONTROL_ALLOW_METHODS, "POST".to_owned()),
            (header::ACCESS_CONTROL_ALLOW_HEADERS, allowed),
            (header::ACCESS_CONTROL_MAX_AGE, "600".to_owned()),
        ];
        (StatusCode::NO_CONTENT, headers).into_response()
    } else {
        next.run(request).await
    };
    let headers = response.headers_mut();
    if let Ok(origin) = HeaderValue::from_str(desk.as_str()) {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    }
    headers.insert(
        header::ACCESS_CONTROL_EXPOSE_HEADERS,
        HeaderValue::from_static("date"),
    );
    headers.insert(header::VARY, HeaderValue::from_static("origin"));
    response
}
