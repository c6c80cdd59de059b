using MarginalConditional.Mixed;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Profiling;

/// <summary>All units of a fit, in the order of the fit's groups.</summary>
public sealed class UnitProfiles
{
    internal UnitProfiles(UnitProfile[] units, RandomEffectEstimate effects, ProfileOptions options)
    {
        Units = Array.AsReadOnly(units);
        Effects = effects;
        Options = options;
    }

    /// <summary>The units.</summary>
    public IReadOnlyList<UnitProfile> Units { get; }

    /// <summary>The random effects they come from.</summary>
    public RandomEffectEstimate Effects { get; }

    /// <summary>How they were made.</summary>
    public ProfileOptions Options { get; }

    /// <summary>What a unit is: the name of the grouping.</summary>
    public string UnitName => Effects.Group;

    /// <summary>σ, the standard deviation of the units' effects on the link scale.</summary>
    public double StandardDeviation => Effects.StandardDeviations[0];

    /// <summary>The observed rate of all units together, ΣO / Σsize.</summary>
    public required double OverallRate { get; init; }

    /// <summary>The rate all rows would have in an average unit, ΣE / Σsize: what standardized rates are compared with.</summary>
    public required double ReferenceRate { get; init; }

    /// <summary>The number of joint draws the ranks come from.</summary>
    public required int RankDraws { get; init; }

    /// <summary>The units whose crude rate has an error by chance: those of a funnel plot, in the order of the fit's groups.</summary>
    public IReadOnlyList<UnitProfile> WithSamplingError =>
        [.. Units.Where(unit => double.IsFinite(unit.SamplingError) && unit.SamplingError > 0)];

    /// <summary>The standardized crude rates of these around the reference rate, and where chance alone would leave them.</summary>
    public ChanceFunnel Funnel()
    {
        var units = WithSamplingError;
        return new ChanceFunnel(
            ReferenceRate,
            Options.Level,
            [.. units.Select(unit => unit.StandardizedCrudeRate)],
            [.. units.Select(unit => unit.SamplingError)]);
    }

    /// <summary>The units in ascending order of their effects.</summary>
    public IReadOnlyList<UnitProfile> ByEffect =>
        [.. Units.OrderBy(unit => unit.Effect).ThenBy(unit => unit.Label, StringComparer.Ordinal)];

    /// <summary>In one line: the units and how much they differ.</summary>
    public override string ToString() => FormattableString.Invariant($"Profile of {Units.Count} of {UnitName}: SD {StandardDeviation:G4}");
}
