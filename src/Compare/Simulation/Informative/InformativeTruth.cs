using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Simulation.Effects;

namespace MarginalConditional.Compare.Simulation.Informative;

/// <summary>The true rungs of the ladder in an <see cref="InformativeTrial"/> whose spread does not depend on the arm.</summary>
/// <remarks>
/// Sums over the two sizes and integrals over x and b, by the trapezoidal rule: with w the weight of a size and h the measure's transform,
/// rung 0 is E w E h(μ(1)) − h(μ(0)), rung 1 E w [h(E_b μ(1)) − h(E_b μ(0))], rungs 2 and 3 h(E w μ(1)) − h(E w μ(0)), and rung 4 the last
/// under the other weighting.
/// </remarks>
public sealed class InformativeTruth
{
    private readonly InformativeTrial trial;
    private readonly EffectNodes covariate = EffectLaw.Normal(1).Nodes();
    private readonly EffectNodes intercept;

    /// <summary>Prepares the truths of a trial.</summary>
    public InformativeTruth(InformativeTrial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        this.trial = trial;
        intercept = EffectLaw.Normal(trial.Spread).Nodes();
    }

    /// <summary>The true value of a rung.</summary>
    /// <param name="rung">0 to 4.</param>
    /// <param name="weighting">Whom it averages over; rung 4 has the other one.</param>
    /// <param name="measure">The scale, ratios as logarithms.</param>
    public double Rung(int rung, ClusterWeighting weighting, EffectMeasure measure)
    {
        ArgumentNullException.ThrowIfNull(weighting);
        ArgumentNullException.ThrowIfNull(measure);
        var byParticipant = (weighting == ClusterWeighting.Participant) != (rung == 4);
        return rung switch
        {
            0 => Average(byParticipant, (large, x) =>
                intercept.Expect(b => measure.Value(Mean(0, large, x, b), Mean(1, large, x, b)))),
            1 => Average(byParticipant, (large, x) => measure.Value(Mean(0, large, x), Mean(1, large, x))),
            _ => measure.Value(
                Average(byParticipant, (large, x) => Mean(0, large, x)), Average(byParticipant, (large, x) => Mean(1, large, x))),
        };
    }

    private double Average(bool byParticipant, Func<double, double, double> function)
    {
        var (small, large) = byParticipant ? ((double)trial.SmallSize, (double)trial.LargeSize) : (1.0, 1.0);
        return ((small * covariate.Expect(x => function(0, x))) + (large * covariate.Expect(x => function(1, x)))) / (small + large);
    }

    private double Mean(double arm, double large, double x) => intercept.Expect(b => Mean(arm, large, x, b));

    private double Mean(double arm, double large, double x, double b) => 1 / (1 + Math.Exp(-trial.Predictor(arm, large, x) - b));
}
