//! Transcripts of the command: what it prints, and its exit code. `tests/cmd/x.md` runs in the
//! folder `x.in`; where there is an `x.out`, in a copy of it. Times are written `[..]`.
//!
//! `TRYCMD=overwrite cargo test --test cmd` writes what it now prints; then write the times as
//! `[..]` again, and read the difference.

#[test]
fn every_transcript_is_true() {
    trycmd::TestCases::new()
        .case("tests/cmd/*.md")
        .case("tests/cmd/*.toml");
}

/// What was not told must not be taken for nothing to tell; that a reader has seen enough is no
/// failure.
#[cfg(target_os = "linux")]
#[test]
fn a_report_that_cannot_be_written_is_a_failure() {
    use std::process::{Command, Stdio};

    let site = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cmd/deny.in");
    for arguments in [
        &["check", "--format", "json"][..],
        &["check", "--format", "github"],
        &["explain"],
        &["theme", "list"],
        &["man"],
    ] {
        let run = |out: Stdio| {
            let mut command = Command::new(env!("CARGO_BIN_EXE_minutebook"));
            let started = command.args(arguments).current_dir(site).stdout(out);
            started.stderr(Stdio::piped()).spawn().expect("started")
        };
        let full = std::fs::File::options()
            .write(true)
            .open("/dev/full")
            .expect("a full disk");
        let done = run(full.into()).wait_with_output().expect("ended");
        let said = String::from_utf8_lossy(&done.stderr);
        assert_eq!(done.status.code(), Some(1), "{arguments:?}: {said}");
        assert!(
            said.contains("error: what there is to say cannot be written"),
            "{said}"
        );

        let mut gone = run(Stdio::piped());
        drop(gone.stdout.take());
        let done = gone.wait_with_output().expect("ended");
        let said = String::from_utf8_lossy(&done.stderr);
        assert_eq!(done.status.code(), Some(0), "{arguments:?}: {said}");
        assert!(!said.contains("error"), "{said}");
    }
}
