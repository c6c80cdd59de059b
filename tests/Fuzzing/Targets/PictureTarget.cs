using System.Xml;
using System.Xml.Linq;
using MarginalConditional.Fuzzing.Commands;

namespace MarginalConditional.Fuzzing.Targets;

/// <summary>Every picture of a fit, and its report: drawn without numbers that are none, or left out with a reason.</summary>
internal sealed class PictureTarget : FuzzTarget
{
    private const string Folder = "plots";

    private static readonly CommandWriter[] Writers =
        [.. CommandWriter.All.Where(writer => writer.Command is not ("plan" or "marginalize"))];

    /// <inheritdoc/>
    public override string Name => "pictures";

    /// <inheritdoc/>
    public override FuzzInput Make(Draws draws)
    {
        var line = draws.Pick(Writers).Write(draws);
        line.Add("--plot", Folder + "/");
        line.Sometimes(2, "--report", "report.html");
        line.Choice(8, "--plot-width", "200", "10000");
        line.Choice(8, "--plot-height", "120", "20000");
        line.Choice(8, "--plot-font-size", "6", "48");
        return new FuzzInput(line.Text, () =>
        {
            var outcome = CommandRun.Judge(line);
            return !outcome.IsFault && outcome.Refusal is null && OfPictures() is { } fault ? Outcome.Fault(fault) : outcome;
        });
    }

    /// <summary>What is wrong with the pictures that were drawn; null for nothing.</summary>
    private static string? OfPictures()
    {
        foreach (var (name, content) in Workshop.Read().Where(file => file.Name.EndsWith(".svg", StringComparison.Ordinal)))
        {
            try
            {
                using var stream = new MemoryStream(content);
                var wrong = XDocument.Load(stream).Descendants().Attributes().FirstOrDefault(attribute => !attribute.IsNamespaceDeclaration
                    && (attribute.Value.Contains("NaN", StringComparison.Ordinal)
                        || attribute.Value.Contains("Infinity", StringComparison.Ordinal)
                        || attribute.Value.Contains('\u221E', StringComparison.Ordinal)));
                if (wrong is not null)
                {
                    return $"{name}: {wrong.Parent!.Name.LocalName} with {wrong.Name.LocalName} {wrong.Value}";
                }
            }
            catch (XmlException)
            {
                return $"{name} is no XML";
            }
        }

        return null;
    }
}
