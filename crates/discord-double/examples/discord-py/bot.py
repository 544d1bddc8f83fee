"""A small bot that is pointed at the double by two environment variables."""

import os

import discord
import yarl
from discord import app_commands

# discord.py has no option for these two addresses. It does not ask the API for the gateway's.
discord.http.Route.BASE = os.environ["DISCORD_API"] + "/v10"
gateway = os.environ["DISCORD_API"].removesuffix("/api").replace("http", "ws")
discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(gateway)


class Bot(discord.Client):
    def __init__(self):
        super().__init__(intents=discord.Intents(guilds=True, messages=True, message_content=True))
        self.tree = app_commands.CommandTree(self)

    async def setup_hook(self):
        await self.tree.sync()

    async def on_ready(self):
        print(f"ready as {self.user.name}", flush=True)

    async def on_message(self, message):
        if not message.author.bot:
            await message.reply(f"You wrote: {message.clean_content}")


class More(discord.ui.View):
    @discord.ui.button(label="More")
    async def more(self, interaction, button):
        await interaction.response.defer(thinking=True)
        await interaction.edit_original_response(content="Here is more.")
        await interaction.followup.send("And that was all.")


bot = Bot()


@bot.tree.command(description="Ask a question")
@app_commands.describe(question="What you want to know")
async def ask(interaction: discord.Interaction, question: str):
    embed = discord.Embed(title="An answer", description=f"You asked: {question}")
    await interaction.response.send_message(embed=embed, view=More())


bot.run(os.environ["DISCORD_TOKEN"])
