//! `sluis-demo --data DIR`: makes the data folder of a demonstration.
#![forbid(unsafe_code)]

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Instant, SystemTime};

use sluis_wire::time::UnixTime;

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    let data = match (arguments.next(), arguments.next(), arguments.next()) {
        (Some(flag), Some(data), None) if flag == "--data" => PathBuf::from(data),
        _ => {
            eprintln!("sluis-demo --data DIR    makes a demonstration in a new folder");
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
    let made = sluis_e2e::demo::make(&data, UnixTime(now));
    eprintln!(
        "{} dossiers, {} requests, {:.1} seconds",
        made.dossiers,
        made.requests,
        started.elapsed().as_secs_f32()
    );
    ExitCode::SUCCESS
}
