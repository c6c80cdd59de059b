using System.Globalization;
using MarginalConditional.Cli.Commands.Simulate;
using MarginalConditional.Cli.Help;
using MarginalConditional.Cli.Publishing;
using MarginalConditional.Report.Paper;

namespace MarginalConditional.Cli.Commands.Reporting;

/// <summary>The protocol of a study for registration before it is run: the questions of Siepe and others (2024), in other words.</summary>
internal static class StudyPlan
{
    /// <summary>What the study file knows, and in square brackets what only its authors do.</summary>
    public static PaperDocument Of(StudyFolder folder)
    {
        var text = new StudyText(folder);
        var study = folder.Study;
        return new PaperDocument(
        [
            Heading($"Protocol of the simulation study {study.Name}"),
            Text($"Made from the study file (SHA-256 {folder.StudyHash}) with margcond {VersionAction.Version}. What stands in square "
                + "brackets is for the authors to fill in or to take out. The questions are those of the template of Siepe and others "
                + "(2024, "
                + "doi:10.1037/met0000695), which follows Morris, White and Crowther (2019)."),
            Heading("1. General"),
            Text("[Authors and affiliations. Date and version of this protocol. Has any part of the study been run, and what was seen of "
                + "it?]"),
            Heading("2. Aims"),
            .. text.Aims(),
            Text("[Which findings would change what is recommended, and does the study explore or test?]"),
            Heading("3. Data-generating mechanisms"),
            .. text.Mechanisms(),
            Text("[Why these values: which trials or data they are like. What is left out on purpose.]"),
            Heading("4. Estimands and other targets"),
            .. text.Estimands(),
            Heading("5. Methods"),
            .. text.Methods(),
            Text("[Why these methods, and why not others that a reader would expect.]"),
            Heading("6. Performance measures"),
            .. text.Measures(),
            Text("[Why this number of replicates, if another was possible. Which differences between methods are large enough to matter. "
                + "What "
                + "happens if a method fails often: above which share of failures its results are not interpreted.]"),
            Heading("7. Computation"),
            Text(
                $"margcond {VersionAction.Version}, seed {study.Seed.ToString(CultureInfo.InvariantCulture)}. Random numbers depend on the "
                + "seed, the scenario's settings and the replicate's number alone (counter-based streams), so that the number of threads, "
                + "interruptions and the division into parts change no result. The study is run by"),
            new PaperBlock.Verbatim([Command(folder)]),
            Text("[Where study file, replicates, manifest and report will be published. The machine, if times are reported.]"),
            Heading("8. Reporting"),
            Text("Every measure above is reported for every method and scenario with its Monte Carlo standard error, with the numbers of "
                + "attempted, converged, warned and failed fits; margcond report makes tables and pictures from the results alone. "
                + "Departures from this protocol are listed with their reasons. [Anything that will be looked at beyond that.]"),
            Heading("Study file"),
            new PaperBlock.Verbatim(folder.Outline.Source.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n')),
        ]);
    }

    /// <summary>The command that runs the study as it is in the folder.</summary>
    private static string Command(StudyFolder folder)
    {
        var name = folder.Manifest is null ? Path.GetFileName(folder.Path) : SimulateCommandFiles.StudyName;
        var (study, written) = (folder.Study, folder.Written);
        return ShellText.Of(
        [
            "margcond", "simulate", name,
            .. study.Replicates == written.Replicates ? Array.Empty<string>() : ["--replicates", Plain(study.Replicates)],
            .. study.Seed == written.Seed ? Array.Empty<string>() : ["--seed", Plain(study.Seed)],
            "--out", "results",
        ]);

        static string Plain(IFormattable number) => number.ToString(null, CultureInfo.InvariantCulture);
    }

    private static PaperBlock.Text Heading(string text) => new(text) { IsHeading = true, IsSection = true };

    private static PaperBlock.Text Text(string text) => new(text);
}
