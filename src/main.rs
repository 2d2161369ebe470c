//! `ocop`: issues, prints, verifies and accounts for OCOP stamps.

fn main() -> std::process::ExitCode {
    ocop_stamp::cli::main()
}
