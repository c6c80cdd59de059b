using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Statistics.Ordinal;

namespace MarginalConditional.Compare.Simulation.Truths;

public abstract partial class StudyTarget
{
    /// <summary>The most that a mean is taken for where it rounds to 1, so that its odds are a number; its weight is nothing.</summary>
    private const double AlmostOne = 1 - 1.1e-16;

    /// <summary>The scales as names of estimands have them.</summary>
    private static readonly (string Name, EffectMeasure Measure)[] Scales =
        [.. new[] { EffectMeasure.Difference, EffectMeasure.Ratio, EffectMeasure.OddsRatio }.Select(measure => (measure.Word, measure))];

    /// <summary>A rung of the ladder from one patient to a population.</summary>
    /// <param name="rung">
    /// 0: given cluster and covariates; 1: given covariates; 2 and 3: of the standardized means; 4: of those under the other weighting.
    /// </param>
    /// <param name="weighting">Whom it averages over; rung 4 has the other one.</param>
    /// <param name="measure">The scale, ratios as logarithms.</param>
    /// <remarks>
    /// With w the weights, h the measure's transform, μ(t) the mean of a row under treatment t, b its effects and x its covariates: rung 0
    /// is E w E h(μ(1)) − h(μ(0)), rung 1 E w [h(E_b μ(1)) − h(E_b μ(0))], the others h(E w μ(1)) − h(E w μ(0)).
    /// </remarks>
    public static StudyTarget Rung(int rung, ClusterWeighting weighting, EffectMeasure measure)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rung);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rung, 4);
        ArgumentNullException.ThrowIfNull(weighting);
        ArgumentNullException.ThrowIfNull(measure);
        return new RungTarget(rung, weighting, measure, 1);
    }

    /// <summary>
    /// Finds an estimand by its name: one of <see cref="All"/>, <c>rung-2-log-odds-ratio</c>, <c>rung-2-cluster-difference</c> or
    /// <c>category-3-difference</c>, each with <c>-arm3</c> behind it for another arm.
    /// </summary>
    /// <param name="name">The name.</param>
    /// <param name="target">The estimand.</param>
    public static bool TryParse(string name, out StudyTarget target)
    {
        ArgumentNullException.ThrowIfNull(name);
        target = Conditional;
        var arm = 2;
        if (name.LastIndexOf("-arm", StringComparison.Ordinal) is > 0 and var suffix)
        {
            if (name.Length != suffix + 5 || name[^1] is not (>= '3' and <= '9'))
            {
                return false;
            }

            arm = name[^1] - '0';
            name = name[..suffix];
        }

        var found = All.FirstOrDefault(known => known.Name == name) ?? RungNamed(name) ?? CategoryNamed(name);
        target = found?.ForArm(arm) ?? Conditional;
        return found is not null && (arm == 2 || found != ClusterDeviation);
    }

    private static StudyTarget? RungNamed(string name)
    {
        foreach (var (scale, measure) in Scales)
        {
            for (var rung = 0; rung <= 4; rung++)
            {
                foreach (var weighting in new[] { ClusterWeighting.Participant, ClusterWeighting.Cluster })
                {
                    if (NameOf(rung, weighting, scale) == name)
                    {
                        return new RungTarget(rung, weighting, measure, 1);
                    }
                }
            }
        }

        return null;
    }

    private static string NameOf(int rung, ClusterWeighting weighting, string scale) => FormattableString.Invariant(
        $"rung-{rung}-{(weighting == ClusterWeighting.Cluster ? "cluster-" : string.Empty)}{scale}");

    private sealed class RungTarget(int place, ClusterWeighting whom, EffectMeasure scale, int code) : StudyTarget(
        Named(NameOf(place, whom, Scales.First(known => known.Measure == scale).Name), code),
        Described(FormattableString.Invariant($"{scale.Scale}, rung {place} of the ladder, {whom.Name} average"), code))
    {
        private readonly int rung = place;
        private readonly ClusterWeighting weighting = whom;
        private readonly EffectMeasure measure = scale;
        private readonly int treatment = code;

        public override string TruthLabel(Mechanism mechanism) => rung switch
        {
            0 => "T1, averaged",
            1 => "T2 given covariates",
            _ => "T2",
        };

        public override double Truth(Mechanism mechanism)
        {
            var isOther = mechanism.Ordinal is { } outcome && (outcome.Link != CumulativeLink.Logit || measure != EffectMeasure.OddsRatio);
            if (treatment >= mechanism.Design.Treatments || isOther || (rung == 0 && mechanism.Generation is not null))
            {
                return double.NaN;
            }

            var population = new Population(mechanism);
            return Under(population, treatment) - Under(population, 0);
        }

        private protected override StudyTarget OfTreatment(int other) => new RungTarget(rung, weighting, measure, other);

        /// <summary>The transform of the means under one treatment, averaged as the rung has it.</summary>
        private double Under(Population population, int everybody)
        {
            var byCluster = (weighting == ClusterWeighting.Cluster) != (rung == 4);
            var treated = everybody > 0;
            if (population.Ordinal is { } outcome && rung > 0)
            {
                // The mean of the thresholds' own.
                return Enumerable.Range(0, outcome.Thresholds.Length).Average(k => rung == 1
                    ? population.Average(byCluster, place => population.Covariates(treated).Expect(x =>
                        Transform(population.Effects(place, treated).Expect(b =>
                            outcome.Above(k, population.Predictor(place, everybody) + x + b)))))
                    : Transform(population.Above(k, everybody, byCluster)));
            }

            return rung switch
            {
                0 when IsLinkOf(population) => population.Average(byCluster, place => population.Predictor(place, everybody)),
                0 => population.Average(byCluster, place => population.Everything(place, treated).Expect(b =>
                    Transform(population.Link.Mean(population.Predictor(place, everybody) + b)))),
                1 => population.Average(byCluster, place => population.Covariates(treated).Expect(x =>
                    Transform(population.Effects(place, treated).Mean(population.Link, population.Predictor(place, everybody) + x)))),
                _ => Transform(population.Mean(everybody, byCluster)),
            };
        }

        /// <summary>Whether the transform undoes the link, so that effects of mean 0 drop out.</summary>
        private bool IsLinkOf(Population population) => population.Link == (
            measure == EffectMeasure.Difference ? Statistics.Families.Link.Identity
            : measure == EffectMeasure.Ratio ? Statistics.Families.Link.Log
            : Statistics.Families.Link.Logit);

        private double Transform(double mean) => measure.Transform(
            measure == EffectMeasure.Difference ? mean
            : measure == EffectMeasure.Ratio ? Math.Max(mean, double.Epsilon)
            : Math.Clamp(mean, double.Epsilon, AlmostOne));
    }
}
