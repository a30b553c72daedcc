//! `sluis-demo --data DIR`: makes the data folder of a demonstration; with `--many`, of the deployment that the vault is measured with.
#![forbid(unsafe_code)]

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Instant, SystemTime};

use sluis_e2e::{bulk, demo};
use sluis_wire::time::UnixTime;

const HELP: &str = "sluis-demo --data DIR           makes a demonstration in a new folder
sluis-demo --data DIR --many    makes one with 1,000 dossiers and 20,000 events, to measure a desk with";

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    let [flag, data, many, rest] = [(); 4].map(|()| arguments.next());
    let many_asked = many.as_ref().is_some_and(|many| many == "--many");
    let data = match (flag, data) {
        (Some(flag), Some(data))
            if flag == "--data" && rest.is_none() && many_asked == many.is_some() =>
        {
            PathBuf::from(data)
        }
        _ => {
            eprintln!("{HELP}");
            return ExitCode::FAILURE;
        }
    };
    if data.exists() {
        eprintln!(
            "{} exists already. Choose another folder, or delete it first.",
            data.display()
        );
        return ExitCode::FAILURE;
    }
    let (started, now) = (Instant::now(), SystemTime::now());
    let now = now
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default()
        .as_secs();
    let dossiers = if many_asked {
        bulk::make(&data, UnixTime(now), bulk::Size::MANY);
        bulk::Size::MANY.all()
    } else {
        demo::make(&data, UnixTime(now)).dossiers
    };
    eprintln!(
        "{dossiers} dossiers, {:.1} seconds",
        started.elapsed().as_secs_f32()
    );
    ExitCode::SUCCESS
}
