using MarginalConditional.Gee.Planning;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Planning.Simulated;

public abstract partial class PlannedClusters
{
    /// <summary>Clusters of counts: Poisson given the cluster, whose rate is log-normal with one spread in both arms.</summary>
    /// <param name="control">The rate of events without treatment, averaged over clusters, above 0.</param>
    /// <param name="treatment">The rate with treatment, above 0, another one.</param>
    /// <param name="time">The time at risk of a row, above 0.</param>
    /// <param name="correlation">ρ, of the counts of two rows of a cluster without treatment, in [0, 1).</param>
    /// <param name="sizes">The sizes, each as probable as the others.</param>
    /// <remarks>With μ the mean of a row, e^{σ²} − 1 = ρ/{(1 − ρ)μ}.</remarks>
    public static PlannedClusters Counts(
        double control, double treatment, double time, double correlation, IReadOnlyList<int> sizes)
    {
        ArgumentNullException.ThrowIfNull(sizes);
        _ = PlannedOutcome.Rates(control, treatment, time);
        return correlation is >= 0 and < 1 && sizes.Count > 0 && sizes.All(size => size >= 1)
            ? new CountClusters(control, treatment, time, correlation, [.. sizes])
            : throw new ArgumentException(
                FormattableString.Invariant($"The correlation is {correlation} and there are {sizes.Count} sizes; needed are a ")
                    + "correlation in [0, 1) and sizes from 1.",
                nameof(correlation));
    }

    private sealed class CountClusters(double control, double treatment, double time, double correlation, int[] sizes) : PlannedClusters
    {
        public override IReadOnlyList<PlannedEstimand> Estimands { get; } =
            [PlannedEstimand.PatientRate, PlannedEstimand.ParticipantAverage, PlannedEstimand.ClusterAverage];

        public override double Effect(PlannedEstimand estimand, double factor = 1) =>
            estimand == PlannedEstimand.PatientRate ? factor * Math.Log(treatment / control) : Treated(factor) - control;

        internal override ClusterDraws At(double factor)
        {
            var variance = Math.Log(1 + (correlation / ((1 - correlation) * control * time)));
            return new Draws(control * time, Treated(factor) * time, variance, sizes);
        }

        internal override TrialTest Test(PlannedEstimand estimand) => estimand == PlannedEstimand.PatientRate
            ? new RateModelTest(time)
            : new AverageTest(estimand == PlannedEstimand.ParticipantAverage);

        /// <summary>The rate with treatment when the log rate ratio is multiplied.</summary>
        private double Treated(double factor) => control * Math.Pow(treatment / control, factor);

        private sealed class Draws(double control, double treatment, double variance, int[] sizes) : ClusterDraws
        {
            public override (double Size, double Sum) Next(RandomStream stream, bool treated)
            {
                var size = sizes[Math.Min((int)(stream.NextUniform() * sizes.Length), sizes.Length - 1)];
                var frailty = Math.Exp((Math.Sqrt(variance) * stream.NextNormal()) - (variance / 2));
                return (size, stream.NextPoisson(size * frailty * (treated ? treatment : control)));
            }
        }
    }
}
