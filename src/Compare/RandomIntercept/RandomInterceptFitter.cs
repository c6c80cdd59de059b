using MarginalConditional.Data.Frames;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.NormalMeans;

namespace MarginalConditional.Compare.RandomIntercept;

/// <summary>Fits models with one random intercept by maximum likelihood: Newton's method on differenced scores. Stateless.</summary>
public static class RandomInterceptFitter
{
    private const int MaximumHalvings = 30;
    private const double DifferenceStep = 1e-5;

    /// <summary>Heagerty's marginalized multilevel model: a regression of the marginal mean, the association by a normal random intercept.</summary>
    /// <remarks>
    /// Heagerty 1999: g(E y) = Xβ and g(E[y | b]) = Δ + b with b ~ N(0, σ²), Δ from the first. β is marginal, the estimator is maximum
    /// likelihood, so it stays valid when dropout depends on outcomes seen before, if the association is right.
    /// </remarks>
    public static RandomInterceptFit FitMarginalized(ModelFrame frame, RandomInterceptOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Fit(frame, options, InterceptLaw.Normal, PredictorMap.Marginal(MarginalMean.For(options.EffectiveLink)));
    }

    /// <summary>A conditional logit model with a bridge-distributed intercept (Wang and Louis 2003), whose marginal coefficients are φβ exactly.</summary>
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
        var likelihood = new RandomInterceptLikelihood(frame, options.Family, options.EffectiveLink, law, map, options.Nodes, options.Threads);
        var m = likelihood.Parameters;
        var parameters = new double[m];
        for (var j = 0; j < options.StartingCoefficients.Count; j++)
        {
            parameters[j] = options.StartingCoefficients[j];
        }

        parameters[^1] = options.StartingStandardDeviation;
        var gradient = new double[m];
        var information = new double[m * m];
        var value = likelihood.Evaluate(parameters, gradient);
        var convergence = Climb(likelihood, parameters, gradient, information, ref value, options);
        likelihood.Evaluate(parameters, gradient);
        var covariance = new double[m * m];
        if (!Cholesky.TryInvert(information, m, new double[m * m], covariance))
        {
            Array.Fill(covariance, double.NaN);
        }

        return new RandomInterceptFit(frame, parameters, covariance, likelihood.ClusterScores.ToArray())
        {
            LogLikelihood = value,
            Nodes = options.Nodes,
            Convergence = convergence,
        };
    }

    private static Convergence Climb(
        RandomInterceptLikelihood likelihood, double[] parameters, double[] gradient, double[] information, ref double value, RandomInterceptOptions options)
    {
        var m = parameters.Length;
        var (factor, step, next, nextGradient) = (new double[m * m], new double[m], new double[m], new double[m]);
        for (var iteration = 0; ; iteration++)
        {
            if (!double.IsFinite(value))
            {
                return new Convergence(ConvergenceStatus.NotFinite, iteration, double.NaN, options.Tolerances.Distance, "The log-likelihood is not finite.");
            }

            Information(likelihood, parameters, information);
            Solve(information, gradient, factor, step, out var regular);
            var criterion = Math.Sqrt(Math.Max(0, Dense.Dot(gradient, step)));
            if (criterion <= options.Tolerances.Distance && regular)
            {
                return new Convergence(ConvergenceStatus.Converged, iteration, criterion, options.Tolerances.Distance);
            }

            if (iteration == options.MaximumIterations)
            {
                return new Convergence(ConvergenceStatus.IterationLimit, iteration, criterion, options.Tolerances.Distance, "The cap on iterations was reached.");
            }

            var length = Math.Min(1, 2 / Math.Max(1e-300, step.Max(Math.Abs)));
            var accepted = false;
            for (var halving = 0; halving < MaximumHalvings && !accepted; halving++, length /= 2)
            {
                for (var j = 0; j < m; j++)
                {
                    next[j] = parameters[j] + (length * step[j]);
                }

                var nextValue = likelihood.Evaluate(next, nextGradient);

                // Fisher's identity gives the gradient of the exact likelihood, so a loss of the order of the quadrature's error is no loss.
                accepted = nextValue >= value - (options.Tolerances.Loss * (1 + Math.Abs(value)));
                if (accepted)
                {
                    value = nextValue;
                    next.CopyTo(parameters, 0);
                    nextGradient.CopyTo(gradient, 0);
                }
            }

            if (!accepted)
            {
                return criterion <= Math.Sqrt(options.Tolerances.Distance)
                    ? new Convergence(ConvergenceStatus.Converged, iteration, criterion, options.Tolerances.Distance)
                    : new Convergence(ConvergenceStatus.StepFailure, iteration, criterion, options.Tolerances.Distance, "No step raised the log-likelihood further.");
            }
        }
    }

    /// <summary>The observed information by central differences of the score.</summary>
    private static void Information(RandomInterceptLikelihood likelihood, double[] parameters, double[] information)
    {
        var m = parameters.Length;
        var (above, below) = (new double[m], new double[m]);
        var moved = parameters.ToArray();
        for (var j = 0; j < m; j++)
        {
            var step = DifferenceStep * Math.Max(0.1, Math.Abs(parameters[j]));
            moved[j] = parameters[j] + step;
            likelihood.Evaluate(moved, above);
            moved[j] = parameters[j] - step;
            likelihood.Evaluate(moved, below);
            moved[j] = parameters[j];
            for (var l = 0; l < m; l++)
            {
                information[(j * m) + l] = (below[l] - above[l]) / (2 * step);
            }
        }

        Dense.Symmetrize(information, m);
    }

    /// <summary>The Newton step, the diagonal raised until the matrix is positive definite.</summary>
    private static void Solve(double[] information, double[] gradient, double[] factor, double[] step, out bool regular)
    {
        var m = gradient.Length;
        regular = Cholesky.FactorRaised(information, m, RaisingSchedule.Newton, factor) == 0;
        gradient.CopyTo(step, 0);
        Cholesky.Solve(factor, m, step);
    }
}
