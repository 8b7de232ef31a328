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
