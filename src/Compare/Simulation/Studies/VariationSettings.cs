using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Compare.Simulation.Effects;

namespace MarginalConditional.Compare.Simulation.Studies;

/// <summary>Reads what varies at random, and how outcomes go with size.</summary>
internal static class VariationSettings
{
    /// <summary>Beyond it every outcome is sure under every link.</summary>
    private const double LargestSigma = 1_000;

    /// <summary>The settings read here.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "sigma", "random-effect", "sigma-treated", "treatment-sigma", "treatment-correlation", "trend-sigma", "period-sigma",
        "period-correlation", "person-sigma", "size-slope", "size-effect",
    ];

    /// <summary>The law of the intercepts in the first arm.</summary>
    public static IEffectLaw ReadIntercept(ScenarioCell cell)
    {
        var law = Law(cell, "random-effect", cell.Number("sigma", 0, least: 0, most: LargestSigma));
        cell.Keep("random-effect", law.Name);
        return law;
    }

    /// <summary>The law in the other arms; null where it is that of the first.</summary>
    public static IEffectLaw? ReadTreatedIntercept(ScenarioCell cell, IEffectLaw first)
    {
        var sigma = cell.Number("sigma-treated", double.NaN, least: 0, most: LargestSigma);
        return double.IsNaN(sigma) || sigma == first.StandardDeviation ? null : Law(cell, "random-effect", sigma);
    }

    /// <summary>What varies beside the intercepts.</summary>
    public static RandomVariation Read(ScenarioCell cell, IEffectLaw intercept)
    {
        var variation = new RandomVariation
        {
            Treatment = cell.Number("treatment-sigma", 0, least: 0, most: LargestSigma),
            TreatmentCorrelation = cell.Number("treatment-correlation", 0, least: -1, most: 1),
            Trend = cell.Number("trend-sigma", 0, least: 0, most: LargestSigma),
            Period = cell.Number("period-sigma", 0, least: 0, most: LargestSigma),
            PeriodCorrelation = cell.Number("period-correlation", 0, least: -0.999, most: 0.999),
            Person = cell.Number("person-sigma", 0, least: 0, most: LargestSigma),
        };
        Require(cell, "treatment-correlation", variation.TreatmentCorrelation, "treatment-sigma", variation.Treatment);
        Require(cell, "period-correlation", variation.PeriodCorrelation, "period-sigma", variation.Period);
        return variation.TreatmentCorrelation == 0 || intercept.IsNormal
            ? variation
            : throw cell.Error(
                "treatment-correlation",
                $"The setting treatment-correlation needs normal intercepts; those here are {intercept.Name}.");
    }

    /// <summary>How outcomes go with size.</summary>
    public static SizeDependence ReadSizeDependence(ScenarioCell cell) => new()
    {
        Baseline = cell.Number("size-slope", 0),
        Effect = cell.Number("size-effect", 0),
    };

    /// <summary>A law of effects, built in or a plug-in's.</summary>
    public static IEffectLaw Law(ScenarioCell cell, string setting, double standardDeviation)
    {
        var text = cell.Text(setting, "normal");
        return cell.PlugIn<IEffectLaw>(setting) is not { } own
                ? ShapedName.ReadEffectLaw(cell.Section, cell.Node(setting), setting, text, standardDeviation)
            : own.StandardDeviation > 0 ? new ScaledLaw(text, own, standardDeviation)
            : throw cell.Error(setting, $"The law {text} has the standard deviation {own.StandardDeviation}; it must be above 0.");
    }

    private static void Require(ScenarioCell cell, string setting, double value, string needed, double spread)
    {
        if (value != 0 && spread == 0)
        {
            throw cell.Error(setting, $"The setting {setting} has no meaning without a {needed} above 0.");
        }
    }
}
