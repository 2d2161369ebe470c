# `just --list` shows these.

# Formatting and lints, warnings fatal
check:
    cargo fmt --check
    RUSTFLAGS="-D warnings" cargo clippy --all-targets

# Every test
test:
    cargo test

# Ratios of what must be fast
bench:
    cargo bench

# The whole job on the sample register, served at http://127.0.0.1:8080
demo *ARGS:
    cargo run --release -- demo {{ARGS}}

# Format the code
fmt:
    cargo fmt

# What the build machine runs
ci:
    .ci/run

# Write the test vectors of the code format again (needs Python's `cryptography`)
vectors:
    python3 tests/vectors/generate.py > tests/vectors/code-format-1.json
