//! From a request to a call that its caller may make: size before reading, proof before doing.

use std::time::Duration;

use axum::body::to_bytes;
use axum::extract::Request;
use axum::http::{HeaderMap, header};
use sluis_directory::capability::verify_request;
use sluis_directory::log::Directory;
use sluis_wire::address::CapabilityKey;
use sluis_wire::api::{Caller, Problem};
use sluis_wire::capability::{HEADER, Proof};
use sluis_wire::codec;

use crate::app::App;
use crate::calls::Asked;
use crate::error::Refusal;
use crate::store::Store;

/// How long a body may take to arrive.
const PATIENCE: Duration = Duration::from_mins(2);

/// Reads a request as a `C` and proves its caller.
///
/// # Errors
/// [`Problem::TooLarge`] and [`Problem::Malformed`] for its bytes, [`Problem::Forbidden`] for its proof.
pub(crate) async fn receive<C: Asked, S: Store>(
    app: &App<S>,
    request: Request,
) -> Result<C, Refusal> {
    let (parts, body) = request.into_parts();
    check_length::<C>(&parts.headers)?;
    let proof = match C::CALLER {
        Caller::Anyone => None,
        caller => Some(early(app, caller, &parts.headers)?),
    };
    let body = tokio::time::timeout(PATIENCE, to_bytes(body, C::LIMIT))
        .await
        .map_err(|_| Problem::Malformed)?
        .map_err(|_| Problem::TooLarge)?;
    let content = match C::SIZE {
        Some(size) if body.len() != size => return Err(Problem::Malformed.into()),
        Some(_) => codec::unpad(&body)?,
        None => &body,
    };
    let call: C = codec::decode(content, C::LIMIT)?;
    if let Some(proof) = proof {
        prove(app, &call, &proof, &body).await?;
    }
    Ok(call)
}

fn check_length<C: Asked>(headers: &HeaderMap) -> Result<(), Refusal> {
    let Some(length) = headers.get(header::CONTENT_LENGTH) else {
        return Ok(());
    };
    let length: Option<usize> = length.to_str().ok().and_then(|text| text.parse().ok());
    match length {
        Some(length) if length <= C::LIMIT => Ok(()),
        _ => Err(Problem::TooLarge.into()),
    }
}

/// What can be refused before the body is read.
fn early<S: Store>(app: &App<S>, caller: Caller, headers: &HeaderMap) -> Result<Proof, Refusal> {
    let header = headers
        .get(HEADER)
        .and_then(|value| value.to_str().ok())
        .ok_or(Problem::Forbidden)?;
    let proof = Proof::parse(header).map_err(|_| Problem::Forbidden)?;
    let directory = app.directory().ok_or(Problem::Forbidden)?;
    let known = match caller {
        Caller::Device => is_device(&directory, proof.key),
        Caller::Staff => is_staff(app, proof.key),
        Caller::Anyone
        | Caller::Reader
        | Caller::Writer
        | Caller::Steward
        | Caller::StewardAlone => true,
    };
    if known {
        Ok(proof)
    } else {
        Err(Problem::Forbidden.into())
    }
}

fn is_device(directory: &Directory, key: CapabilityKey) -> bool {
    directory
        .device_by_capability(&key)
        .is_some_and(|record| record.span.is_current())
}

fn is_staff<S: Store>(app: &App<S>, key: CapabilityKey) -> bool {
    app.staff().is_some_and(|staff| staff.key == key)
}

async fn prove<C: Asked, S: Store>(
    app: &App<S>,
    call: &C,
    proof: &Proof,
    body: &[u8],
) -> Result<(), Refusal> {
    let directory = app.directory().ok_or(Problem::Forbidden)?;
    let allowed = match C::CALLER {
        Caller::Anyone => true,
        Caller::Device => is_device(&directory, proof.key),
        Caller::Staff => is_staff(app, proof.key),
        Caller::Reader | Caller::Writer | Caller::Steward | Caller::StewardAlone => {
            let dossier = call.dossier()?.ok_or(Problem::Internal)?;
            let keys = app.head(dossier).await?.ok_or(Problem::Forbidden)?.keys;
            match C::CALLER {
                Caller::Reader => proof.key == keys.read,
                Caller::Steward => proof.key == keys.steward || proof.key == keys.write,
                Caller::StewardAlone => proof.key == keys.steward,
                _ => proof.key == keys.write,
            }
        }
    };
    let now = app.now();
    if !allowed
        || verify_request(proof, &directory.genesis(), C::PATH, body, now).is_err()
        || !app.nonces().remember(proof.nonce, proof.expiry, now)
    {
        return Err(Problem::Forbidden.into());
    }
    Ok(())
}
