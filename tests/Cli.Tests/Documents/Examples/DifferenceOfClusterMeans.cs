using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Compare.Simulation.Truths;
using MathNet.Numerics.Statistics;

namespace MarginalConditional.Cli.Tests.Documents.Examples;

/// <summary>The method of one's own in docs/simulation.md, line for line.</summary>
public sealed class DifferenceOfClusterMeans : IEstimator
{
    public string Name => "cluster-means";

    public IEstimand Target => StudyTarget.RiskDifference;

    public EffectEstimate Estimate(Replicate replicate)
    {
        var (frame, clusters) = (replicate.Frame, replicate.Frame.Clusters);
        var treated = frame.Design.Column(replicate.Model.EffectColumn);
        List<double>[] arms = [[], []];
        for (var i = 0; i < clusters.Count; i++)
        {
            var outcomes = frame.Response.Slice(clusters.Start(i), clusters.Size(i)).ToArray();
            arms[(int)treated[clusters.Start(i)]].Add(outcomes.Mean());
        }

        var difference = arms[1].Mean() - arms[0].Mean();
        var standardError = Math.Sqrt(arms.Sum(means => means.Variance() / means.Count));
        return EffectEstimate.Of(difference, standardError, degreesOfFreedom: clusters.Count - 2, converged: true, warned: false);
    }
}
