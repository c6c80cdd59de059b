using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Planning.Simulated;

public abstract partial class PlannedClusters
{
    /// <summary>Normal outcomes, whose cluster means are normal. The difference is the same for patients and for averages.</summary>
    private sealed class ContinuousClusters(double difference, double deviation, double correlation, int[] sizes) : PlannedClusters
    {
        public override IReadOnlyList<PlannedEstimand> Estimands { get; } =
            [PlannedEstimand.ParticipantAverage, PlannedEstimand.ClusterAverage];

        public override double Effect(PlannedEstimand estimand, double factor = 1) => factor * difference;

        internal override ClusterDraws At(double factor) => new Draws(factor * difference, deviation, correlation, sizes);

        internal override TrialTest Test(PlannedEstimand estimand) => new AverageTest(estimand == PlannedEstimand.ParticipantAverage);

        private sealed class Draws(double difference, double deviation, double correlation, int[] sizes) : ClusterDraws
        {
            public override (double Size, double Sum) Next(RandomStream stream, bool treated)
            {
                var size = sizes[Math.Min((int)(stream.NextUniform() * sizes.Length), sizes.Length - 1)];
                var error = deviation * Math.Sqrt(correlation + ((1 - correlation) / size));
                return (size, size * ((treated ? difference : 0) + (error * stream.NextNormal())));
            }
        }
    }
}
