using MarginalConditional.Data.Frames;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.NormalMeans;

namespace MarginalConditional.Compare.RandomIntercept;

/// <summary>Fits models with one random intercept by maximum likelihood: Newton's method on differenced scores. Stateless.</summary>
public static class RandomInterceptFitter
{
    /// <summary>
    /// Heagerty's marginalized multilevel model: a regression of the marginal mean, the association by a normal random intercept.
    /// </summary>
    /// <remarks>
    /// Heagerty 1999: g(E y) = Xβ and g(E[y | b]) = Δ + b with b ~ N(0, σ²), Δ from the first. β is marginal, the estimator is maximum
    /// likelihood, so it stays valid when dropout depends on outcomes seen before, if the association is right.
    /// </remarks>
    public static RandomInterceptFit FitMarginalized(ModelFrame frame, RandomInterceptOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Fit(frame, options, InterceptLaw.Normal, PredictorMap.Marginal(MarginalMean.For(options.EffectiveLink)));
    }

    /// <summary>
    /// A conditional logit model with a bridge-distributed intercept (Wang and Louis 2003), whose marginal coefficients are φβ exactly.
    /// </summary>
    public static RandomInterceptFit FitBridge(ModelFrame frame, RandomInterceptOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.EffectiveLink == Link.Logit
            ? Fit(frame, options, InterceptLaw.Bridge, PredictorMap.Conditional)
            : throw new ArgumentException("The bridge distribution here is that of the logit link.", nameof(options));
    }

    private static RandomInterceptFit Fit(ModelFrame frame, RandomInterceptOptions options, InterceptLaw law, PredictorMap map)
    {
        ArgumentNullException.ThrowIfNull(frame);
        if (options.Family != Family.Binomial && options.Family != Family.Poisson)
        {
            throw new ArgumentException("The family has to be binomial or Poisson.", nameof(options));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(options.Nodes, 5);
        var tolerances = options.Tolerances;
        var likelihood = new RandomInterceptLikelihood(
            frame,
            options.Family,
            options.EffectiveLink,
            law,
            map,
            options.Nodes,
            options.Threads,
            tolerances);
        var climb = new RandomInterceptClimb(likelihood, tolerances);
        var m = likelihood.Parameters;
        var start = new double[m];
        options.StartingCoefficients.ToArray().CopyTo(start, 0);
        start[^1] = options.StartingStandardDeviation;
        var convergence = climb.Climb(start, options.MaximumIterations, tolerances.Distance);
        var parameters = climb.Parameters;

        // The differences of the information came last: the clusters' scores have to be those of the solution.
        likelihood.Evaluate(parameters, new double[m]);
        var covariance = new double[m * m];
        if (!Cholesky.TryInvert(climb.FinalInformation, m, new double[m * m], covariance))
        {
            Array.Fill(covariance, double.NaN);
        }

        return new RandomInterceptFit(frame, parameters, covariance, likelihood.ClusterScores.ToArray())
        {
            LogLikelihood = climb.Value,
            Nodes = options.Nodes,
            Convergence = convergence,
        };
    }
}
