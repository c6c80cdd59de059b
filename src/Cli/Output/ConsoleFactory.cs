using Spectre.Console;

namespace MarginalConditional.Cli.Output;

/// <summary>Makes Spectre consoles over a writer, with everything stated and nothing detected.</summary>
internal static class ConsoleFactory
{
    /// <summary>A console of the given width; with <paramref name="terminal"/> it may use colour and move the cursor.</summary>
    public static IAnsiConsole Create(TextWriter writer, int width, bool terminal)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = terminal ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = terminal ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = terminal ? InteractionSupport.Yes : InteractionSupport.No,
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
            Out = new StatedOutput(writer, width, terminal),
        });
        console.Profile.Width = width;
        console.Profile.Capabilities.Unicode = true;
        console.Pipeline.Attach(new VisibleHook());
        return console;
    }
}
