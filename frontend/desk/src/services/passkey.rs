//! An authenticator (a passkey, a security key): `WebAuthn` with its secret function `prf`. What it answers goes to the worker and is kept nowhere.

use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use sluis_link::{SecondLock, Secret};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};

use crate::state::lock::{Touch, Touched};

/// Milliseconds that a person has to touch it.
const PATIENCE: u32 = 120_000;
/// Kinds of signature that are asked for (COSE): ES256, `EdDSA`, RS256. None is used.
const KINDS: [i32; 3] = [-7, -8, -257];
/// Bytes of what the function is asked, and of its answer.
const LENGTH: usize = 32;

/// Asks for a touch. `done` is called once, with nothing when there was none.
pub(crate) fn touch(touch: Touch, done: impl FnOnce(Option<Touched>) + 'static) {
    spawn_local(async move {
        let touched = match touch {
            Touch::Make => make().await,
            Touch::Use(lock) => ask(lock).await,
        };
        done(touched.ok());
    });
}

fn set(of: &Object, name: &str, value: &JsValue) -> Result<(), JsValue> {
    Reflect::set(of, &name.into(), value).map(drop)
}

fn get(of: &JsValue, name: &str) -> Result<JsValue, JsValue> {
    Reflect::get(of, &name.into())
}

/// A method of `of` with one argument, as a promise.
async fn call(of: &JsValue, name: &str, argument: &JsValue) -> Result<JsValue, JsValue> {
    let method: Function = get(of, name)?.dyn_into()?;
    let answer = method.call1(of, argument)?;
    JsFuture::from(Promise::resolve(&answer)).await
}

fn random(length: u32) -> Result<Uint8Array, JsValue> {
    let bytes = Uint8Array::new_with_length(length);
    let crypto = get(&js_sys::global(), "crypto")?;
    let fill: Function = get(&crypto, "getRandomValues")?.dyn_into()?;
    fill.call1(&crypto, &bytes)?;
    Ok(bytes)
}

fn credentials() -> Result<JsValue, JsValue> {
    let navigator = get(&js_sys::global(), "navigator")?;
    get(&navigator, "credentials")
}

fn one_of(name: &str, value: &JsValue) -> Result<Object, JsValue> {
    let object = Object::new();
    set(&object, name, value)?;
    Ok(object)
}

/// A new key in the authenticator, and its first answer. It is named after the program, not after the person.
async fn make() -> Result<Touched, JsValue> {
    let options = Object::new();
    set(&options, "challenge", &random(32)?.into())?;
    set(&options, "rp", &one_of("name", &"Sluis".into())?.into())?;
    let user = one_of("name", &"Sluis".into())?;
    set(&user, "displayName", &"Sluis".into())?;
    set(&user, "id", &random(16)?.into())?;
    set(&options, "user", &user)?;
    let kinds = Array::new();
    for kind in KINDS {
        let one = one_of("type", &"public-key".into())?;
        set(&one, "alg", &kind.into())?;
        kinds.push(&one);
    }
    set(&options, "pubKeyCredParams", &kinds)?;
    let chosen = one_of("userVerification", &"required".into())?;
    set(&chosen, "residentKey", &"discouraged".into())?;
    set(&options, "authenticatorSelection", &chosen)?;
    set(&options, "timeout", &PATIENCE.into())?;
    set(
        &options,
        "extensions",
        &one_of("prf", &Object::new())?.into(),
    )?;
    let asked = one_of("publicKey", &options)?;
    let made = call(&credentials()?, "create", &asked).await?;
    let credential = Uint8Array::new(&get(&made, "rawId")?).to_vec();
    let mut salt = [0; LENGTH];
    random(32)?.copy_to(&mut salt);
    ask(SecondLock { credential, salt }).await
}

/// What the authenticator answers.
async fn ask(lock: SecondLock) -> Result<Touched, JsValue> {
    let options = Object::new();
    set(&options, "challenge", &random(32)?.into())?;
    let credential = one_of("type", &"public-key".into())?;
    set(
        &credential,
        "id",
        &Uint8Array::from(&lock.credential[..]).into(),
    )?;
    set(&options, "allowCredentials", &Array::of1(&credential))?;
    set(&options, "userVerification", &"required".into())?;
    set(&options, "timeout", &PATIENCE.into())?;
    let eval = one_of("first", &Uint8Array::from(&lock.salt[..]).into())?;
    let prf = one_of("eval", &eval)?;
    set(&options, "extensions", &one_of("prf", &prf)?.into())?;
    let asked = one_of("publicKey", &options)?;
    let answered = call(&credentials()?, "get", &asked).await?;
    let results: Function = get(&answered, "getClientExtensionResults")?.dyn_into()?;
    let results = get(&results.call0(&answered)?, "prf")?;
    // An authenticator without the function has no results; the worker then refuses the empty answer.
    let first = get(&results, "results").and_then(|results| get(&results, "first"));
    let bytes = first.map_or_else(|_| Vec::new(), |first| Uint8Array::new(&first).to_vec());
    Ok(Touched {
        lock,
        answer: hexadecimal(&bytes),
    })
}

fn hexadecimal(bytes: &[u8]) -> Secret {
    let mut digits = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        for half in [byte >> 4, byte & 15] {
            digits.extend(char::from_digit(half.into(), 16));
        }
    }
    Secret(digits)
}
