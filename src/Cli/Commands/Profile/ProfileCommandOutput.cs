using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Output;
using MarginalConditional.Cli.Publishing;
using MarginalConditional.Cli.Results;
using MarginalConditional.Cli.RowFiles;
using MarginalConditional.Profiling;
using MarginalConditional.Report.Gallery;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Cli.Commands.Profile;

/// <summary>Prints a profile as JSON or CSV, or has <see cref="ProfileCommandTable"/> print it for people.</summary>
internal static class ProfileCommandOutput
{
    /// <summary>The numbers of a unit, by the names that JSON and CSV give them.</summary>
    private static readonly (string Name, Func<UnitProfile, double?> Of)[] Numbers =
    [
        ("size", unit => unit.Size),
        ("observed", unit => unit.Observed),
        ("expected", unit => unit.Expected),
        ("predicted", unit => unit.Predicted),
        ("crude", unit => unit.CrudeRate),
        ("crudeLower", unit => Known(unit.CrudeInterval.Lower)),
        ("crudeUpper", unit => Known(unit.CrudeInterval.Upper)),
        ("shrunken", unit => unit.ShrunkenRate),
        ("shrunkenLower", unit => unit.ShrunkenInterval.Lower),
        ("shrunkenUpper", unit => unit.ShrunkenInterval.Upper),
        ("effect", unit => unit.Effect),
        ("effectSe", unit => unit.EffectStandardError),
        ("shrinkageWeight", unit => unit.ShrinkageWeight),
        ("observedRatio", unit => unit.ObservedRatio),
        ("standardizedRatio", unit => unit.StandardizedRatio),
        ("standardizedCrude", unit => unit.StandardizedCrudeRate),
        ("samplingError", unit => unit.SamplingError),
        ("standardized", unit => unit.StandardizedRate),
        ("standardizedLower", unit => unit.StandardizedInterval.Lower),
        ("standardizedUpper", unit => unit.StandardizedInterval.Upper),
        ("rank", unit => unit.ExpectedRank),
        ("rankLower", unit => unit.RankInterval.Lower),
        ("rankUpper", unit => unit.RankInterval.Upper),
        ("probabilityAbove", unit => unit.ProbabilityAbove),
    ];

    /// <summary>Writes the result and returns the exit code.</summary>
    public static int Write(ProfileCommandResult result, CommandContext context)
    {
        ResultWriter.Write(
            context,
            () => Json(result),
            () => Csv(result.Profiles),
            () => ProfileCommandTable.Write(result, context),
            result.Frame.Notes,
            result.Warnings,
            PublicationOf(result));
        return FitOutput.ExitCodeOf(result.Convergence);
    }

    private static Publication PublicationOf(ProfileCommandResult result)
    {
        var (profiles, percent) = (result.Profiles, result.Arguments.Family == Family.Binomial);
        int above = profiles.Units.Count(unit => unit.Flag == UnitFlag.Above), below =
            profiles.Units.Count(unit => unit.Flag == UnitFlag.Below);
        return new Publication
        {
            Title = $"Profile of {Figures.Counted(profiles.Units.Count, "unit")}",
            Answer = $"After shrinkage {Figures.Counted(above, "unit")} {(above == 1 ? "lies" : "lie")} above an average unit and "
                + $"{Figures.Count(below)} below. {result.Arguments.Request.Formula.Text} \u00B7 {result.Arguments.Family.Name}, "
                + $"{result.Arguments.Link.Name}.",
            Data = result.Arguments.Data,
            DataFacts = FitOutput.DataFacts(result.Frame),
            Pictures =
            [
                new OfferedPicture("caterpillar", () => ProfilePictures.Caterpillar(profiles, percent)),
                profiles.WithSamplingError.Count == 0
                    ? OfferedPicture.Without("funnel", "no unit has a crude rate with a sampling error")
                    : new OfferedPicture("funnel", () => ProfilePictures.Funnel(profiles, percent)),
            ],
        };
    }

    /// <summary>A flag as JSON and CSV spell it.</summary>
    public static string FlagName(UnitFlag flag) =>
        flag switch { UnitFlag.Above => "above", UnitFlag.Below => "below", _ => "as-expected" };

    private static string Json(ProfileCommandResult result)
    {
        var profiles = result.Profiles;
        using var json = new JsonResult();
        FitOutput.Envelope(
            json,
            "profile",
            result.Arguments.Request.Formula.Text,
            result.Arguments.Family.Name,
            result.Arguments.Link.Name,
            result.Frame);
        FitOutput.Coefficients(json, "coefficients", result.Coefficients, labels: result.Frame.Labels);
        json.Number("logLik", result.LogLikelihood);
        json.Number("sd", profiles.StandardDeviation);
        json.Number("icc", result.IntraclassCorrelation);
        json.Number("iccObserved", result.OutcomeCorrelation);
        json.Number("medianOddsRatio", result.MedianOddsRatio);
        json.Number("designEffect", result.DesignEffect?.Value);
        json.Number("standardErrorFactor", result.DesignEffect?.StandardErrorFactor);
        json.Number("overall", profiles.OverallRate);
        json.Number("reference", profiles.ReferenceRate);
        json.Number("level", profiles.Options.Level);
        json.Integer("rankDraws", profiles.RankDraws);
        json.Text("unit", profiles.UnitName);
        json.Objects("units", profiles.Units, unit => Unit(json, unit));
        FitOutput.Convergence(json, result.Convergence);
        json.Texts("notes", result.Frame.Notes);
        return json.Complete(result.Warnings);
    }

    private static void Unit(JsonResult json, UnitProfile unit)
    {
        json.Text("label", unit.Label);
        foreach (var (name, of) in Numbers)
        {
            json.Number(name, of(unit));
        }

        json.Text("flag", FlagName(unit.Flag));
        json.Text("crudeFlag", FlagName(unit.CrudeFlag));
    }

    // A unit of one row has no crude interval: that does not apply, rather than being a failure.
    private static double? Known(double value) => double.IsNaN(value) ? null : value;

    private static ResultTable Csv(UnitProfiles profiles)
    {
        var csv = new ResultTable([profiles.UnitName, .. Numbers.Select(number => number.Name), "flag", "crudeFlag"]);
        foreach (var unit in profiles.Units)
        {
            csv.Row([unit.Label, .. Numbers.Select(number => (object?)number.Of(unit)), FlagName(unit.Flag), FlagName(unit.CrudeFlag)]);
        }

        return csv;
    }
}
