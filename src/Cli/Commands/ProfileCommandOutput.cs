using MarginalConditional.Cli.Hosting;
using MarginalConditional.Cli.Options;
using MarginalConditional.Cli.Output;
using MarginalConditional.Glmm.Profiling;

namespace MarginalConditional.Cli.Commands;

/// <summary>Prints a profile as JSON or CSV, or has <see cref="ProfileCommandTable"/> print it for people.</summary>
internal static class ProfileCommandOutput
{
    /// <summary>Writes the result and returns the exit code.</summary>
    public static int Write(ProfileCommandResult result, CommandContext context)
    {
        switch (context.Output.Format)
        {
            case OutputFormat.Json:
                context.Text.Write(Json(result));
                break;
            case OutputFormat.Csv:
                context.Text.Write(Csv(result.Profiles));
                break;
            default:
                ProfileCommandTable.Write(result, context);
                break;
        }

        if (context.Output.Format != OutputFormat.Json)
        {
            foreach (var note in result.Frame.Notes)
            {
                context.Note(note);
            }

            foreach (var warning in result.Warnings)
            {
                context.Warn(warning);
            }
        }

        return FitOutput.ExitCodeOf(result.Convergence);
    }

    /// <summary>A flag as JSON and CSV spell it.</summary>
    public static string FlagName(UnitFlag flag) => flag switch { UnitFlag.Above => "above", UnitFlag.Below => "below", _ => "as-expected" };

    private static string Json(ProfileCommandResult result)
    {
        var profiles = result.Profiles;
        using var json = new JsonResult();
        FitOutput.Envelope(json, "profile", result.Arguments.Request.Formula.Text, result.Arguments.Family.Name, result.Arguments.Link.Name, result.Frame);
        FitOutput.Coefficients(json, "coefficients", result.Coefficients);
        json.Number("logLik", result.LogLikelihood);
        json.Number("sd", profiles.StandardDeviation);
        json.Number("icc", result.IntraclassCorrelation);
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
        json.Number("size", unit.Size);
        json.Number("observed", unit.Observed);
        json.Number("expected", unit.Expected);
        json.Number("predicted", unit.Predicted);
        json.Number("crude", unit.CrudeRate);
        json.Number("crudeLower", Known(unit.CrudeInterval.Lower));
        json.Number("crudeUpper", Known(unit.CrudeInterval.Upper));
        json.Number("shrunken", unit.ShrunkenRate);
        json.Number("shrunkenLower", unit.ShrunkenInterval.Lower);
        json.Number("shrunkenUpper", unit.ShrunkenInterval.Upper);
        json.Number("effect", unit.Effect);
        json.Number("effectSe", unit.EffectStandardError);
        json.Number("shrinkageWeight", unit.ShrinkageWeight);
        json.Number("observedRatio", unit.ObservedRatio);
        json.Number("standardizedRatio", unit.StandardizedRatio);
        json.Number("standardizedCrude", unit.StandardizedCrudeRate);
        json.Number("standardized", unit.StandardizedRate);
        json.Number("standardizedLower", unit.StandardizedInterval.Lower);
        json.Number("standardizedUpper", unit.StandardizedInterval.Upper);
        json.Number("rank", unit.ExpectedRank);
        json.Number("rankLower", unit.RankInterval.Lower);
        json.Number("rankUpper", unit.RankInterval.Upper);
        json.Number("probabilityAbove", unit.ProbabilityAbove);
        json.Text("flag", FlagName(unit.Flag));
        json.Text("crudeFlag", FlagName(unit.CrudeFlag));
    }

    // A unit of one row has no crude interval: that does not apply, rather than being a failure.
    private static double? Known(double value) => double.IsNaN(value) ? null : value;

    private static string Csv(UnitProfiles profiles)
    {
        var csv = new CsvResult(
            profiles.UnitName, "size", "observed", "expected", "predicted", "crude", "crudeLower", "crudeUpper", "shrunken", "shrunkenLower", "shrunkenUpper", "effect", "effectSe",
            "shrinkageWeight", "observedRatio", "standardizedRatio", "standardized", "standardizedLower", "standardizedUpper", "rank", "rankLower", "rankUpper", "probabilityAbove", "flag", "crudeFlag");
        foreach (var unit in profiles.Units)
        {
            csv.Row(
                unit.Label, unit.Size, unit.Observed, unit.Expected, unit.Predicted, unit.CrudeRate, unit.CrudeInterval.Lower, unit.CrudeInterval.Upper,
                unit.ShrunkenRate, unit.ShrunkenInterval.Lower, unit.ShrunkenInterval.Upper, unit.Effect, unit.EffectStandardError,
                unit.ShrinkageWeight, unit.ObservedRatio, unit.StandardizedRatio, unit.StandardizedRate, unit.StandardizedInterval.Lower, unit.StandardizedInterval.Upper,
                unit.ExpectedRank, unit.RankInterval.Lower, unit.RankInterval.Upper, unit.ProbabilityAbove, FlagName(unit.Flag), FlagName(unit.CrudeFlag));
        }

        return csv.ToString();
    }
}
