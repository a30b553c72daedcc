//! A description of the interface (`OpenAPI` 3.1), made from the same types as the routes.

use sluis_wire::api::Caller;
use sluis_wire::capability;
use utoipa::openapi::path::{
    HttpMethod, OperationBuilder, ParameterBuilder, ParameterIn, PathItem,
};
use utoipa::openapi::request_body::RequestBodyBuilder;
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{
    ContentBuilder, InfoBuilder, OpenApiBuilder, PathsBuilder, Required, ResponseBuilder,
};

use crate::calls::Asked;

/// What has been described so far.
#[derive(Default)]
pub(crate) struct Description(PathsBuilder);

impl Description {
    /// Adds a call.
    pub(crate) fn add<C: Asked>(&mut self) {
        let size = C::SIZE.map_or_else(
            || format!("At most {} bytes.", C::LIMIT),
            |size| format!("Exactly {size} bytes: length of the content (4, little endian), content, zeros."),
        );
        let content = |name: &str| {
            let schema = ObjectBuilder::new()
                .schema_type(Type::String)
                .description(Some(format!(
                    "postcard of `{name}` (crate sluis-wire, module api)"
                )))
                .build();
            ContentBuilder::new().schema(Some(schema)).build()
        };
        let request = RequestBodyBuilder::new()
            .description(Some(size))
            .content("application/octet-stream", content(short_name::<C>()))
            .required(Some(Required::True))
            .build();
        let answer = ResponseBuilder::new()
            .description("Done.")
            .content(
                "application/octet-stream",
                content(short_name::<C::Answer>()),
            )
            .build();
        let problem = ResponseBuilder::new()
            .description("Not done; `code` says why (RFC 9457).")
            .content("application/problem+json", ContentBuilder::new().build())
            .build();
        let mut operation = OperationBuilder::new()
            .summary(Some(C::SUMMARY))
            .operation_id(Some(short_name::<C>()))
            .description(Some(caller(C::CALLER)))
            .request_body(Some(request))
            .response("200", answer)
            .response("default", problem);
        if C::CALLER != Caller::Anyone {
            let proof = ParameterBuilder::new()
                .name(capability::HEADER)
                .parameter_in(ParameterIn::Header)
                .required(Required::True)
                .schema(Some(ObjectBuilder::new().schema_type(Type::String).build()))
                .build();
            operation = operation.parameter(proof);
        }
        let paths = std::mem::take(&mut self.0);
        self.0 = paths.path(C::PATH, PathItem::new(HttpMethod::Post, operation.build()));
    }

    /// The whole description.
    #[must_use]
    pub(crate) fn into_json(self) -> String {
        let info = InfoBuilder::new()
            .title("Sluis relay")
            .version(env!("CARGO_PKG_VERSION"))
            .description(Some(
                "Bodies are binary; docs/protocol.md holds the byte layouts.",
            ))
            .build();
        let whole = OpenApiBuilder::new()
            .info(info)
            .paths(self.0.build())
            .build();
        whole.to_json().unwrap_or_default()
    }
}

fn short_name<T>() -> &'static str {
    std::any::type_name::<T>()
        .rsplit("::")
        .next()
        .unwrap_or_default()
}

fn caller(caller: Caller) -> &'static str {
    match caller {
        Caller::Anyone => "Anyone may call.",
        Caller::Device => "Proof by the signing key of a current device.",
        Caller::Staff => "Proof by the current staff capability.",
        Caller::Reader => "Proof by the dossier's current read key.",
        Caller::Writer => "Proof by the dossier's current write key.",
        Caller::Steward => "Proof by the dossier's current steward or write key.",
        Caller::StewardAlone => "Proof by the dossier's current steward key.",
    }
}
