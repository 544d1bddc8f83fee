# The project's commands. Each is a step of .ci/run, which also runs without just.

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

# Writes config.toml and docs/CONFIGURATION.md from the declared keys.
docs:
    @.ci/run docs

# Measures the search beside other engines on question sets, and the webhook: just bench QUESTIONS.jsonl
bench *sets:
    @.ci/run bench {{sets}}

# Feeds both fuzz targets for so many seconds each.
fuzz seconds="600":
    @.ci/run fuzz {{seconds}}

# Asks every phrasing of the base without that phrasing, to compare two versions of the search.
tune:
    @.ci/run tune
