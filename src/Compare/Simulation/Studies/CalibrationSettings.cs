using MarginalConditional.Compare.Simulation.Calibration;
using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Compare.Simulation.Studies;

/// <summary>Reads what baseline, effect and spread are measured in, and solves for the parameters behind them.</summary>
internal static class CalibrationSettings
{
    private const double LargestIcc = 0.999;

    /// <summary>Settings beside which a correlation is not one number, or means depend on sizes.</summary>
    private static readonly string[] NotBesideIcc =
    [
        "treatment-sigma", "trend-sigma", "period-sigma", "person-sigma", "covariate", "cluster-covariate", "size-slope", "size-effect",
    ];

    /// <summary>Settings that change none of the parameters: a solution is that of all scenarios that differ by them alone.</summary>
    private static readonly string[] WithoutBearing =
        ["clusters", "cluster-size", "allocation", "correlation", .. MissingnessSettings.Names];

    /// <summary>The settings read here.</summary>
    public static IReadOnlyList<string> Names { get; } = ["baseline-scale", "effect-scale", "icc", "icc-scale"];

    /// <summary>The mechanism with the parameters solved; as it is, without a solution, where nothing has to be.</summary>
    /// <param name="cell">The settings.</param>
    /// <param name="mechanism">The mechanism whose baseline and effects are the numbers of the settings.</param>
    /// <param name="known">The solutions found before; this one is added.</param>
    /// <param name="solved">The solution, or null.</param>
    public static Mechanism Read(
        ScenarioCell cell, Mechanism mechanism, Dictionary<string, CalibratedTrial> known, out CalibratedTrial? solved)
    {
        var isOrdinal = OrdinalSettings.IsOrdinal(cell);
        var baseline = isOrdinal ? BaselineScale.Link : Scale(cell, "baseline-scale", BaselineScale.All, scale => scale.Name);
        var effects = EffectScale.Of(mechanism.Family, mechanism.Link);
        var effect = Scale(
            cell, "effect-scale", isOrdinal ? [.. effects.Where(scale => scale.IsConditional)] : effects, scale => scale.Name);
        var icc = ReadIcc(cell, out var iccScale);
        solved = null;
        if (!baseline.IsMean && effect == EffectScale.Coefficient && icc is null)
        {
            return mechanism;
        }

        Require(cell, mechanism, baseline, effect);
        var target = new CalibrationTarget
        {
            Baseline = mechanism.Effects.Baseline,
            BaselineScale = baseline,
            Effect = effect.IsRatio && !cell.Has("effect") ? 1 : mechanism.Effects.Effect,
            FurtherEffects =
            [
                .. mechanism.Effects.FurtherEffects.Select((value, index) =>
                    effect.IsRatio && !cell.Has(ScenarioSettings.EffectName(index + 3)) ? 1 : value),
            ],
            EffectScale = effect,
            Icc = icc,
            IccScale = iccScale,
            Sigma = icc is null ? mechanism.RandomEffect.StandardDeviation : null,
        };
        Mechanism With(double sigma) => mechanism with { RandomEffect = VariationSettings.Law(cell, "random-effect", sigma) };
        var calibrator = new Calibrator(
            mechanism.Family,
            mechanism.Link,
            mechanism.ResidualDeviation,
            sigma => VariationSettings.Law(cell, "random-effect", sigma),
            sigma => new OutcomePopulation(With(sigma)));
        var key = cell.TextWithout(WithoutBearing);
        if (!known.TryGetValue(key, out solved))
        {
            solved = calibrator.Solve(target, out var problem) ?? throw cell.Error(problem!.Setting, problem.Text);
            known.Add(key, solved);
        }

        return With(solved.Sigma) with
        {
            Effects = mechanism.Effects with
            {
                Baseline = solved.Baseline,
                Effect = solved.Effect,
                FurtherEffects = solved.FurtherEffects,
            },
        };
    }

    private static T Scale<T>(ScenarioCell cell, string name, IReadOnlyList<T> candidates, Func<T, string> nameOf)
    {
        var usual = nameOf(candidates[0]);
        var text = cell.Text(name, usual);
        var names = candidates.Select(nameOf).ToArray();
        var index = Array.IndexOf(names, text);
        if (index < 0)
        {
            throw cell.Unknown(name, text, names);
        }

        cell.KeepGiven(name, text, text == usual);
        return candidates[index];
    }

    private static double? ReadIcc(ScenarioCell cell, out IccScale scale)
    {
        scale = Scale(cell, "icc-scale", IccScale.All, candidate => candidate.Name);
        if (!cell.Has("icc"))
        {
            return cell.Has("icc-scale") ? throw cell.Error("icc-scale", "The setting icc-scale has no meaning without an icc.") : null;
        }

        if (scale == IccScale.Outcome && OrdinalSettings.IsOrdinal(cell))
        {
            throw cell.Error(
                "icc", "The icc of an ordinal outcome is that of the latent variable it is cut from.", "Add \"icc-scale: latent\".");
        }

        if (cell.Has("sigma"))
        {
            throw cell.Error("icc", "The settings sigma and icc say the same thing; only one of them can be given.");
        }

        var other = scale == IccScale.Outcome ? NotBesideIcc.FirstOrDefault(cell.Has) : null;
        return other is null
            ? cell.Number("icc", 0, least: 0, most: LargestIcc)
            : throw cell.Error(
                "icc", $"Beside {other} the correlation of outcomes is not one number.", "Set sigma, or icc-scale to latent.");
    }

    private static void Require(ScenarioCell cell, Mechanism mechanism, BaselineScale baseline, EffectScale effect)
    {
        var design = mechanism.Design;
        if (!effect.IsConditional && !(design is TrialDesign { EffectColumn: 1, Treatments: > 1 }))
        {
            throw cell.Error(
                "effect-scale",
                $"In the {design.Name} design the effect is not that of one treatment on one population: its scale is coefficient.");
        }

        if ((!effect.IsConditional || baseline == BaselineScale.PopulationMean) && !mechanism.SizeDependence.IsNone)
        {
            throw cell.Error(
                effect.IsConditional ? "baseline-scale" : "effect-scale",
                "Where outcomes go with the size of their cluster there is no one population mean to solve for.");
        }
    }
}
