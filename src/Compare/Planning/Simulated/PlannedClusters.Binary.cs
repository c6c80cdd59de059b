using MarginalConditional.Gee.Planning;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Functions;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Planning.Simulated;

public abstract partial class PlannedClusters
{
    /// <summary>Normal intercepts on the logit scale that give each kind and arm its risk and correlation.</summary>
    private sealed class BinaryClusters(IReadOnlyList<ClusterKind> kinds, double correlation, bool hasOneSpread) : PlannedClusters
    {
        public override IReadOnlyList<PlannedEstimand> Estimands { get; } = kinds.Any(kind => kind.Size > 1)
            ? [PlannedEstimand.Patient, PlannedEstimand.ParticipantAverage, PlannedEstimand.ClusterAverage]
            : [PlannedEstimand.ParticipantAverage, PlannedEstimand.ClusterAverage];

        public override double Effect(PlannedEstimand estimand, double factor = 1)
        {
            if (estimand == PlannedEstimand.Patient)
            {
                var spread = Spread(kinds[0].Control);
                return hasOneSpread
                    ? ConditionalPlan.Conditional(Treated(kinds[0], factor), spread) - ConditionalPlan.Conditional(kinds[0].Control, spread)
                    : double.NaN;
            }

            double Weight(ClusterKind kind) => kind.Share * (estimand == PlannedEstimand.ClusterAverage ? 1 : kind.Size);
            return kinds.Sum(kind => Weight(kind) * (Treated(kind, factor) - kind.Control)) / kinds.Sum(Weight);
        }

        internal override ClusterDraws At(double factor) => new Draws(
            [.. kinds.Select(kind => kind.Size)],
            [.. kinds.Select((_, k) => kinds.Take(k + 1).Sum(kind => kind.Share) / kinds.Sum(kind => kind.Share))],
            [.. kinds.Select(kind => Intercepts(kind.Control, kind.Control))],
            [.. kinds.Select(kind => Intercepts(Treated(kind, factor), kind.Control))]);

        internal override TrialTest Test(PlannedEstimand estimand) =>
            estimand == PlannedEstimand.Patient ? new MixedModelTest() : new AverageTest(estimand == PlannedEstimand.ParticipantAverage);

        private double Spread(double risk) => correlation > 0 ? ConditionalPlan.DeviationOf(risk, correlation) : 0;

        private (double Predictor, double Spread) Intercepts(double risk, double control)
        {
            var spread = Spread(hasOneSpread ? control : risk);
            return (ConditionalPlan.Conditional(risk, spread), spread);
        }

        /// <summary>The risk with treatment when the effect's log odds ratio is multiplied.</summary>
        private static double Treated(ClusterKind kind, double factor)
        {
            var (control, treatment) = (Link.Logit.Predictor(kind.Control), Link.Logit.Predictor(kind.Treatment));
            return factor == 1 ? kind.Treatment : Elementary.Logistic(control + (factor * (treatment - control)));
        }

        private sealed class Draws(
            double[] sizes, double[] shares, (double Predictor, double Spread)[] control, (double Predictor, double Spread)[] treatment)
            : ClusterDraws
        {
            public override (double Size, double Sum) Next(RandomStream stream, bool treated)
            {
                var (chance, k) = (stream.NextUniform(), 0);
                while (k < sizes.Length - 1 && chance > shares[k])
                {
                    k++;
                }

                var (predictor, spread) = treated ? treatment[k] : control[k];
                var risk = Elementary.Logistic(predictor + (spread * stream.NextNormal()));
                return (sizes[k], stream.NextBinomial(sizes[k], risk));
            }
        }
    }
}
