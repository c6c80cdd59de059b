using MarginalConditional.Cli.Commands.Simulate;
using MarginalConditional.Compare.Simulation.Performance;
using MarginalConditional.Compare.Simulation.Studies;
using MarginalConditional.Compare.Simulation.Truths;
using MarginalConditional.Report.Paper;

namespace MarginalConditional.Cli.Commands.Reporting;

/// <summary>The five parts of a study by the ADEMP scheme, as texts and tables for a report and for a protocol.</summary>
/// <param name="folder">The study.</param>
internal sealed class StudyText(StudyFolder folder)
{
    private Study Study => folder.Study;

    /// <summary>The factors that vary.</summary>
    private IReadOnlyList<string> Factors => Study.Scenarios[0].Factors;

    /// <summary>What the study is to find out.</summary>
    public IEnumerable<PaperBlock> Aims()
    {
        yield return new PaperBlock.Text(Study.Aims.Length > 0 ? Study.Aims : "The study file says nothing of its aims.");
    }

    /// <summary>The grid of mechanisms and every setting.</summary>
    public IEnumerable<PaperBlock> Mechanisms()
    {
        var scenarios = Study.Scenarios;
        yield return new PaperBlock.Text(Factors.Count == 0
            ? "There is one scenario."
            : $"There are {Figures.Counted(scenarios.Count, "scenario")}: every combination of the levels of "
                + $"{string.Join(", ", Factors)} (fully factorial). The other settings are the same in all of them.");
        yield return new PaperBlock.Table(
            ["setting", "values", "varies"],
            [false, false, false],
            [
                .. scenarios[0].Settings.OrderByDescending(setting => Factors.Contains(setting.Key)).Select(setting =>
                    (IReadOnlyList<string>)
                    [
                        setting.Key,
                        string.Join(
                            ", ",
                            scenarios.Select(one => PerformanceTables.Shown(one.Setting(setting.Key))).Distinct(StringComparer.Ordinal)),
                        Factors.Contains(setting.Key) ? "yes" : "no",
                    ]),
            ]);
        yield return new PaperBlock.Text("Every replicate of a scenario is drawn anew; all methods see the same data.");
    }

    /// <summary>What is estimated, and the true values.</summary>
    public IEnumerable<PaperBlock> Estimands()
    {
        IEstimand[] targets = [.. Study.Methods.Select(method => method.Target).DistinctBy(target => target.Name)];
        yield return new PaperBlock.Table(
            ["estimand", "what it is", "kind of truth"],
            [false, false, false],
            [
                .. targets.Select(target => (IReadOnlyList<string>)
                [
                    target.Name, target.Description,
                    string.Join("; ", Study.Scenarios.Select(one => one.TruthLabel(target)).Where(label => label.Length > 0)
                        .Distinct(StringComparer.Ordinal).DefaultIfEmpty("unknown")),
                ]),
            ]);
        var kinds = TruthKinds.Sentence(targets.SelectMany(target => Study.Scenarios.Select(one => one.TruthLabel(target))));
        yield return new PaperBlock.Text(
            $"{kinds}{(kinds.Length > 0 ? " " : "")}True values are computed from the mechanism, not from a large sample:");
        yield return new PaperBlock.Table(
            [.. Factors.Count == 0 ? ["scenario"] : Factors, .. targets.Select(target => target.Name)],
            [.. Enumerable.Repeat(false, Math.Max(1, Factors.Count)), .. targets.Select(_ => true)],
            [
                .. Study.Scenarios.Select(scenario => (IReadOnlyList<string>)
                [
                    .. Factors.Count == 0 ? ["1"] : Factors.Select(factor => PerformanceTables.Shown(scenario.Setting(factor))),
                    .. targets.Select(target => Figures.Fixed(scenario.Truth(target), 4)),
                ]),
            ]);
    }

    /// <summary>The methods with their options.</summary>
    public IEnumerable<PaperBlock> Methods()
    {
        var described = folder.Outline.Methods.Count == Study.Methods.Count;
        yield return new PaperBlock.Table(
            ["method", "kind", "options", "estimand"],
            [false, false, false, false],
            [
                .. Study.Methods.Select((method, m) => (IReadOnlyList<string>)
                [
                    method.Name, described ? folder.Outline.Methods[m].Kind : string.Empty,
                    described && folder.Outline.Methods[m].Options is { Length: > 0 } options ? options : "as by default",
                    method.Target.Name,
                ]),
            ]);
    }

    /// <summary>The measures, how many replicates there are and why, and what is done about failures.</summary>
    public IEnumerable<PaperBlock> Measures()
    {
        yield return new PaperBlock.Text("With n usable replicates of a scenario and method:");
        yield return MeasureDefinitions.Table(SimulateCommandMeasure.All.Where(measure => Study.Measures.Contains(measure.Name)));
        yield return new PaperBlock.Text(Replicates());
        yield return new PaperBlock.Text(
            "A fit fails if it does not converge, gives no finite estimate or no positive standard error, or ends with an error. Failures "
                + "are counted for every method and scenario, enter no measure, and are never taken for tests that do not reject. "
                + "Where fits fail, every measure stands twice: over all replicates on which the method converged, and over those on which "
                + "every method did, so that a method that fails on hard data is not measured on easier ones than its rivals.");
    }

    private string Replicates()
    {
        var n = Study.Replicates;
        var coverage = PerformanceMeasure.Expected(Study.Level, n).MonteCarloError;
        var power = PerformanceMeasure.Expected(0.5, n).MonteCarloError;
        var asked = folder.Outline.IsStructured("replicates") ? $" (asked for: {folder.Outline.Text("replicates")})" : string.Empty;
        return $"{Figures.Counted(n, "replicate")} a scenario{asked} give a coverage of {Figures.Level(Study.Level)} a Monte Carlo "
            + $"standard "
            + $"error of {Figures.Fixed(100 * coverage, 2)} percentage points, and a power of 50 % one of {Figures.Fixed(100 * power, 2)}.";
    }
}
