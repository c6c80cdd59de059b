using MarginalConditional.Data.Frames;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Compare.Tests.RandomIntercept.Twin;

/// <summary>A fit row by row, node by node, with Δ solved for every row and the information by differences of the score.</summary>
internal sealed record TwinFit(double LogLikelihood, double[] Parameters, double[] Covariance, double[] Scores, Convergence Convergence)
{
    public static TwinFit Of(ModelFrame frame, Family family, Link link, TwinLaw law, TwinMap map, int nodes, double[] start)
    {
        var likelihood = new TwinLikelihood(frame, family, link, law, map, nodes, threads: 1);
        var climb = new TwinClimb(likelihood, new TwinTolerances());
        var convergence = climb.Climb(start, 100, new TwinTolerances().Distance);
        var m = likelihood.Parameters;
        likelihood.Evaluate(climb.Parameters, new double[m]);
        var covariance = new double[m * m];
        Assert.True(Cholesky.TryInvert(climb.FinalInformation, m, new double[m * m], covariance));
        return new TwinFit(climb.Value, climb.Parameters, covariance, likelihood.ClusterScores.ToArray(), convergence);
    }
}
