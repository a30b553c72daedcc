//! The program: settings, start, stop. All else is in the library.
#![forbid(unsafe_code)]

use std::future::Future;
use std::io::{ErrorKind, Write as _};
use std::net::SocketAddr;
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use axum::serve::ListenerExt as _;
use clap::Parser as _;
use sluis_relay::clock::SystemClock;
use sluis_relay::settings::{Flags, Settings};
use sluis_relay::store::Store;
use sluis_relay::{App, open, router};
use tokio::net::TcpListener;

/// How often expired objects are deleted.
const SWEEP: Duration = Duration::from_hours(1);
/// How long open connections may take to finish when the relay stops.
const FAREWELL: Duration = Duration::from_secs(10);

#[tokio::main]
async fn main() -> Result<()> {
    tracing_subscriber::fmt()
        .with_max_level(tracing::Level::INFO)
        .with_target(false)
        .with_writer(std::io::stderr)
        .init();
    let settings = Settings::resolve(Flags::parse())?;
    let listener = bind(settings.listen).await?;
    let bound = listener.local_addr()?;
    let app = open(settings, SystemClock).await?;
    greet(&app, bound)?;
    tracing::info!("started");
    run(app, listener).await?;
    tracing::info!("stopped");
    Ok(())
}

async fn bind(address: SocketAddr) -> Result<TcpListener> {
    match TcpListener::bind(address).await {
        Err(error) if error.kind() == ErrorKind::AddrInUse => bail!(
            "port {} is in use by another program. Stop that one, or choose another port: --listen {}:{}",
            address.port(),
            address.ip(),
            address.port().saturating_add(1)
        ),
        Err(error) if error.kind() == ErrorKind::PermissionDenied => bail!(
            "this user may not listen on port {}. Choose one above 1023, and let a web server with TLS stand in front of it",
            address.port()
        ),
        other => other.with_context(|| format!("cannot listen on {address}")),
    }
}

/// What the person who starts the relay reads.
fn greet<S: Store>(app: &App<S>, bound: SocketAddr) -> Result<()> {
    let mut out = std::io::stdout().lock();
    if let Some(code) = app.setup_code()? {
        let url = app.settings().desk_url(bound);
        writeln!(
            out,
            "This relay has not been set up yet.\n\n  1. Open {url}\n  2. Type this set-up code: {code}\n"
        )?;
        writeln!(
            out,
            "The code works once. Whoever has it can take this relay into use: keep it to yourself until then.\n"
        )?;
    }
    writeln!(out, "listening on http://{bound}")?;
    Ok(out.flush()?)
}

/// Serves until the process is told to stop, then lets open requests finish and closes the storage.
async fn run<S: Store>(app: App<S>, listener: TcpListener) -> Result<()> {
    let sweeper = tokio::spawn(sweep(app.clone()));
    let stop = stopped();
    let ending = app.clone();
    let (told, tell) = tokio::sync::oneshot::channel();
    let signal = async move {
        stop.await;
        ending.end_streams();
        let _ = told.send(());
    };
    let listener = listener.tap_io(|stream| drop(stream.set_nodelay(true)));
    let server = axum::serve(listener, router(app.clone())).with_graceful_shutdown(signal);
    let patience = async move {
        if tell.await.is_ok() {
            tokio::time::sleep(FAREWELL).await;
        } else {
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        done = server => done?,
        () = patience => {}
    }
    sweeper.abort();
    app.close().await;
    Ok(())
}

async fn sweep<S: Store>(app: App<S>) {
    let mut hours = tokio::time::interval(SWEEP);
    loop {
        hours.tick().await;
        if let Err(error) = app.sweep().await {
            tracing::error!(%error, "expired objects could not be deleted");
        }
    }
}

#[cfg(unix)]
fn stopped() -> impl Future<Output = ()> {
    use tokio::signal::unix::{SignalKind, signal};
    let terminate = signal(SignalKind::terminate());
    async move {
        let terminated = async {
            match terminate {
                Ok(mut terminate) => drop(terminate.recv().await),
                Err(_) => std::future::pending().await,
            }
        };
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            () = terminated => {}
        }
    }
}

#[cfg(not(unix))]
fn stopped() -> impl Future<Output = ()> {
    async { drop(tokio::signal::ctrl_c().await) }
}
