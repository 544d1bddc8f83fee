// A small bot that is pointed at the double by two environment variables.
import { ActionRowBuilder, ButtonBuilder, ButtonStyle, Client, EmbedBuilder, Events, GatewayIntentBits } from "discord.js";

const client = new Client({
  intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessages, GatewayIntentBits.MessageContent],
  // discord.js asks this API for the gateway's address.
  rest: { api: process.env.DISCORD_API },
});

const question = { type: 3, name: "question", description: "What you want to know", required: true };
const commands = [{ name: "ask", description: "Ask a question", options: [question] }];

client.once(Events.ClientReady, async () => {
  await client.application.commands.set(commands);
  console.log(`ready as ${client.user.username}`);
});

client.on(Events.InteractionCreate, async (interaction) => {
  if (interaction.isChatInputCommand()) {
    const asked = interaction.options.getString("question");
    const embed = new EmbedBuilder().setTitle("An answer").setDescription(`You asked: ${asked}`);
    const more = new ButtonBuilder().setCustomId("more").setLabel("More").setStyle(ButtonStyle.Secondary);
    await interaction.reply({ embeds: [embed], components: [new ActionRowBuilder().addComponents(more)] });
  } else if (interaction.isButton()) {
    await interaction.deferReply();
    await interaction.editReply("Here is more.");
    await interaction.followUp("And that was all.");
  }
});

client.on(Events.MessageCreate, async (message) => {
  if (!message.author.bot) await message.reply(`You wrote: ${message.cleanContent}`);
});

await client.login(process.env.DISCORD_TOKEN);
