using MarginalConditional.Cli.Commands.Simulate;
using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Publishing;
using MarginalConditional.Compare.Simulation.Running;
using MarginalConditional.Data.Tables;
using MarginalConditional.Report.Documents;
using MarginalConditional.Report.Paper;

namespace MarginalConditional.Cli.Commands.Reporting;

/// <summary>The report of a study by the ADEMP scheme, from its folder alone.</summary>
internal static class StudyReport
{
    /// <summary>Longer tables are closed until the reader opens them.</summary>
    private const int MostOpenRows = 24;

    /// <summary>What the page is made of.</summary>
    /// <param name="folder">The study.</param>
    /// <param name="result">Its results.</param>
    /// <param name="context">Prints the tables.</param>
    /// <param name="leavesTimeOut">Whether the page names no time.</param>
    public static Publication Of(StudyFolder folder, StudyResult result, CommandContext context, bool leavesTimeOut)
    {
        var text = new StudyText(folder);
        return new Publication
        {
            Title = $"Simulation study: {folder.Study.Name}",
            Answer = PerformanceAnswer.Of(result.ToTableOfOneScale()),
            Data = new DataArguments
            {
                Path = Path.Combine(folder.Path, SimulateCommandFiles.ReplicatesName),
                Reading = new DatasetReaderOptions(),
            },
            DataFacts = Facts(folder, result),
            Pictures = SimulatePictures.Of(result),
            LeavesTimeOut = leavesTimeOut,
            Parts =
            [
                new("Aims", _ => Blocks(text.Aims())),
                new("Data-generating mechanisms", _ => Blocks(text.Mechanisms())),
                new("Estimands", _ => Blocks(text.Estimands())),
                new("Methods", _ => Blocks(text.Methods())),
                new("Performance measures", _ => Blocks(text.Measures())),
                new("Results as pictures", pen => pen.Pictures()),
                new("Results as tables", pen => ReportPen.FoldedIfLong(
                    pen.Printed(() => SimulateCommandTable.Write(result, null, context.Console, common: true)),
                    result.ToTable().Cells.Count)),
                new("Warnings", pen => pen.Warnings()),
                new("The run", pen => pen.Data() + ReportPen.Folded("Show the study file", Blocks([Source(folder)]))),
            ],
        };
    }

    /// <summary>What the reader should beware of.</summary>
    public static IEnumerable<string> Warnings(StudyFolder folder, StudyResult result)
    {
        if (folder.Manifest is { } manifest && manifest.Shard != Shard.Whole)
        {
            yield return $"The folder holds part {manifest.Shard} of the study; margcond merge joins the parts.";
        }
        else if (!result.Complete)
        {
            yield return "The study is not complete: the figures are of the replicates that were finished.";
        }

        var rows = result.Scenarios.SelectMany(scenario => scenario.Performance).ToArray();
        if (rows.Sum(row => (long)row.Failed) is > 0 and var failed)
        {
            yield return $"{Figures.Counted(failed, "fit")} failed and {(failed == 1 ? "enters" : "enter")} no measure; the tables say "
                + $"where.";
        }
    }

    private static List<(string Name, string Value)> Facts(StudyFolder folder, StudyResult result) =>
    [
        ("Size", SimulateCommandTable.Size(folder.Study)),
        ("Seed", folder.Study.Seed.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        ("Level", Figures.Level(folder.Study.Level)),
        ("Fits", Figures.Count(result.Scenarios.Sum(scenario => scenario.Performance.Sum(row => (long)row.Attempted)))),
        ("Part", folder.Manifest?.Shard.ToString() ?? "none"),
        .. (folder.Manifest?.Commands ?? []).Select(command => ("Program", command)),
        ("SHA-256 of the study file", folder.StudyHash),
    ];

    private static PaperBlock.Verbatim Source(StudyFolder folder) =>
        new(folder.Outline.Source.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n'));

    private static string Blocks(IEnumerable<PaperBlock> blocks) => string.Concat(blocks.Select(block =>
        ReportParts.Tables(new PaperDocument([block])) is var html && block is PaperBlock.Table { Rows.Count: > MostOpenRows } table
            ? ReportPen.Folded($"Show the {Figures.Counted(table.Rows.Count, "row")}", html)
            : html));
}
