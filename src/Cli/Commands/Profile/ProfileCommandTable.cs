using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.Results;
using MarginalConditional.Cli.TextPictures;
using MarginalConditional.Profiling;
using MarginalConditional.Statistics.Families;
using Spectre.Console;
using Link = MarginalConditional.Statistics.Families.Link;

namespace MarginalConditional.Cli.Commands.Profile;

/// <summary>Prints a profile for people: how much units differ, the caterpillar plot, and what it says about single units.</summary>
internal static class ProfileCommandTable
{
    private const int ShownAtEachEnd = 20;

    /// <summary>Writes everything.</summary>
    public static void Write(ProfileCommandResult result, CommandContext context)
    {
        var console = context.Console;
        var profiles = result.Profiles;
        console.WriteLine($"{FitOutput.DataLine(result.Arguments.Data.Path, result.Frame)} \u00B7 {result.Arguments.Family.Name}, "
            + $"{result.Arguments.Link.Name}");
        console.WriteLine(result.Arguments.Request.Formula.Text);
        FitOutput.WriteLabels(console, result.Frame);
        console.Write(new Text(
            $"Profile of {Figures.Count(profiles.Units.Count)} units, lowest first\n",
            new Style(decoration: Decoration.Bold)));
        console.WriteLine();
        Func<double, string> rate = result.Arguments.Family == Family.Binomial ? Figures.Percent : value => Figures.Significant(value);
        if (console is PaperConsole)
        {
            Plot(result with { ShowsAll = true }, rate).Table(profiles.Options.Level).WriteTo(console);
        }
        else
        {
            Prose.Lines(console, Plot(result, rate).Lines(context.Width));
            console.WriteLine();
            Prose.Sentence(console, $"\u25CF rate after shrinkage, for the average patients, with its "
                + $"{Figures.IntervalHeading(profiles.Options.Level)}; \u00D7 crude rate, standardized likewise; \u250A an average unit "
                + $"({rate(profiles.ReferenceRate)}); Rank: {Figures.IntervalHeading(profiles.Options.Level)} of the unit's place, 1 the "
                + "lowest");
        }

        Overview(console, result);
        Verdicts(console, profiles);
        if (result.ShowsFunnel)
        {
            console.WriteLine();
            Funnel(result, context);
        }

        if (result.ShowsDetails)
        {
            console.WriteLine();
            Details(console, profiles, rate);
        }

        if (context.Output.Verbose)
        {
            ToleranceList.Write(console, result.Tolerances);
        }
    }

    private static CaterpillarPlot Plot(ProfileCommandResult result, Func<double, string> rate)
    {
        var ordered = result.Profiles.ByEffect;
        var hidden = result.ShowsAll || ordered.Count <= (2 * ShownAtEachEnd) + 1 ? 0 : ordered.Count - (2 * ShownAtEachEnd);
        return new CaterpillarPlot
        {
            Heading = result.Profiles.UnitName,
            Rate = rate,
            Reference = result.Profiles.ReferenceRate,
            Lowest = [.. (hidden == 0 ? ordered : ordered.Take(ShownAtEachEnd)).Select(Row)],
            Hidden = hidden,
            Highest = hidden == 0 ? [] : [.. ordered.Skip(ordered.Count - ShownAtEachEnd).Select(Row)],
        };
    }

    private static CaterpillarRow Row(UnitProfile unit) => new(
        unit.Label, unit.Size, unit.CrudeRate, unit.StandardizedCrudeRate, unit.StandardizedRate, unit.StandardizedInterval.Lower,
        unit.StandardizedInterval.Upper,
        $"{Figures.Fixed(unit.RankInterval.Lower, 0)}\u2013{Figures.Fixed(unit.RankInterval.Upper, 0)}",
        unit.Flag switch { UnitFlag.Above => "\u25B2", UnitFlag.Below => "\u25BC", _ => string.Empty });

    private static void Funnel(ProfileCommandResult result, CommandContext context)
    {
        var profiles = result.Profiles;
        var funnel = profiles.Funnel();
        if (funnel.Count == 0)
        {
            Prose.Sentence(context.Console, "No unit has a crude rate with a sampling error: there is no funnel to draw.");
            return;
        }

        Prose.Lines(context.Console, new FunnelPlot
        {
            Funnel = funnel,
            Ratios = false,
            Percent = result.Arguments.Family == Family.Binomial,
        }.Lines(context.Width));
        Prose.Sentence(
            context.Console,
            $"\u25CF crude rate of a unit, standardized (a digit: several units); \u00B7 where chance alone would leave "
                + $"{Figures.Level(profiles.Options.Level)} of units that do not differ: {funnel.Outside} of "
                + $"{Figures.Count(funnel.Count)} lie outside, and "
                + $"{Figures.Fixed(funnel.ExpectedOutside, 1)} would be expected.");
    }

    private static void Overview(IAnsiConsole console, ProfileCommandResult result)
    {
        var parts = new List<string> { $"\u03C3 = {Figures.Significant(result.Profiles.StandardDeviation)} between units"
            + (result.Arguments.Link == Link.Identity ? string.Empty : $" ({result.Arguments.Link.Name} scale)") };
        if (result.IntraclassCorrelation is { } correlation)
        {
            var scales = result.OutcomeCorrelation is { } observed
                ? $" (latent scale; {Figures.Significant(observed, 2)} of the outcome)"
                : string.Empty;
            parts.Add($"ICC {Figures.Significant(correlation, 2)}{scales}");
        }

        if (result.MedianOddsRatio is { } ratio)
        {
            parts.Add($"median odds ratio {Figures.Ratio(ratio)}");
        }

        if (result.DesignEffect is { } effect)
        {
            var meaning = effect.StandardErrorFactor < 1.005
                ? string.Empty
                : $": standard errors that ignore units can be {Figures.Fixed(effect.StandardErrorFactor, 2)} times too small";
            parts.Add($"design effect {Figures.Fixed(effect.Value, 2)}{meaning}");
        }

        Prose.Sentence(console, string.Join(", ", parts));
    }

    private static void Verdicts(IAnsiConsole console, UnitProfiles profiles)
    {
        int above = profiles.Units.Count(unit => unit.Flag == UnitFlag.Above), below =
            profiles.Units.Count(unit => unit.Flag == UnitFlag.Below);
        var crude = profiles.Units.Count(unit => unit.CrudeFlag != UnitFlag.AsExpected);
        var withdrawn = profiles.Units.Where(unit => unit.Flag == UnitFlag.AsExpected && unit.CrudeFlag != UnitFlag.AsExpected).ToArray();
        Prose.Sentence(console, $"Flagged after shrinkage: {above} above \u25B2, {below} below \u25BC. Crude intervals would flag {crude}"
            + (withdrawn.Length == 0 ? "." : $"; shrinkage withdraws {Names(withdrawn)}."));
        var smallest = profiles.Units.MinBy(unit => unit.ShrinkageWeight)!;
        var largest = profiles.Units.MaxBy(unit => unit.ShrinkageWeight)!;
        Prose.Sentence(console, Figures.Fixed(smallest.ShrinkageWeight, 2) == Figures.Fixed(largest.ShrinkageWeight, 2)
            ? $"Weight of a unit's own data in its effect: {Figures.Fixed(smallest.ShrinkageWeight, 2)}"
            : $"Weight of a unit's own data in its effect: from {Figures.Fixed(smallest.ShrinkageWeight, 2)} ({smallest.Label}, n = "
                + $"{CaterpillarPlot.Size(smallest.Size)}) to {Figures.Fixed(largest.ShrinkageWeight, 2)} ({largest.Label}, n = "
                + $"{CaterpillarPlot.Size(largest.Size)})");
    }

    private static string Names(UnitProfile[] units) => units.Length <= 6
        ? string.Join(", ", units.Select(unit => unit.Label))
        : string.Join(", ", units.Take(5).Select(unit => unit.Label)) + $" and {units.Length - 5} others";

    private static void Details(IAnsiConsole console, UnitProfiles profiles, Func<double, string> rate)
    {
        var isRatio = profiles.Units[0].ObservedRatio is not null;
        string[] ratios = isRatio ? [">O/E", ">P/E"] : [];
        var table = new TextTable([profiles.UnitName, ">Observed", ">Expected", .. ratios, ">Crude", ">Own patients", ">Weight", ">Rank"]);
        foreach (var unit in profiles.ByEffect)
        {
            string[] cells = isRatio
                ? [Figures.Ratio(unit.ObservedRatio ?? double.NaN), Figures.Ratio(unit.StandardizedRatio ?? double.NaN)]
                : [];
            table.Row(
            [
                unit.Label,
                    CaterpillarPlot.Size(unit.Observed),
                    Figures.Significant(unit.Expected, 4),
                    .. cells,
                    rate(unit.CrudeRate),
                    rate(unit.ShrunkenRate),
                    Figures.Fixed(unit.ShrinkageWeight, 2), Figures.Fixed(unit.ExpectedRank, 1),
                ]);
        }

        table.WriteTo(console);
    }
}
