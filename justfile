# The project's commands. Each one is a step of .ci/run, which also works without just.

# Lists the commands.
[private]
default:
    @just --list

# Runs all checks, as CI does.
ci:
    @.ci/run

# Writes the pictures of docs/DISCORD.md from the running bot.
guide:
    @.ci/run guide

# Writes config.toml, docs/CONFIGURATION.md and docs/METRICS.md from what is declared in the code.
docs:
    @.ci/run docs

# Compares the search with other engines on question sets, and measures the webhook: just bench QUESTIONS.jsonl
bench *sets:
    @.ci/run bench {{sets}}

# Builds the programs of a release for x86-64 and arm64, with checksums, in target/dist-files: just dist [x86_64] [aarch64]
dist *machines:
    @.ci/run dist {{machines}}

# Runs each fuzz target for this many seconds.
fuzz seconds="600":
    @.ci/run fuzz {{seconds}}

# Fits the numbers of the search to the shipped base and others: just tune FOLDER_OR_FILE.jsonl …
tune *bases:
    @.ci/run tune {{bases}}
