using MarginalConditional.Data.Frames;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Covariance;
using MarginalConditional.Gee.Equations;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Gee.Association;

/// <summary>
/// Alternating logistic regressions: marginal means of binary outcomes
/// together with their pairwise odds ratios (Carey, Zeger and Diggle 1993).
/// </summary>
/// <example>
/// <code>
/// using MarginalConditional.Data.Formulas;
/// using MarginalConditional.Data.Frames;
/// using MarginalConditional.Data.Tables;
/// using MarginalConditional.Gee.Association;
///
/// var data = DatasetReader.Read("trial.csv");
/// var frame = ModelFrameBuilder.Build(
///     data, new FrameRequest { Formula = FormulaParser.Parse("y ~ arm"), Cluster = "site" });
/// var fit = AlternatingLogistic.Fit(frame, PairDesign.Exchangeable(frame), new AssociationOptions());
/// Console.WriteLine(fit);
/// </code>
/// </example>
public static class AlternatingLogistic
{
    /// <summary>Fits both models. Always returns, with the convergence as data.</summary>
    /// <param name="frame">Rows with outcomes 0 and 1; prior weights are not supported.</param>
    /// <param name="pairs">The covariates of the log odds ratio.</param>
    /// <param name="options">Link, limits and tolerances.</param>
    /// <param name="cancellation">Ends the work, as <see cref="CancellationScope"/> says.</param>
    /// <exception cref="ArgumentException">An outcome is neither 0 nor 1,
    /// weights are given, or the pairs are not those of the frame.</exception>
    public static AssociationFit Fit(
        ModelFrame frame, PairDesign pairs, AssociationOptions options, CancellationToken cancellation = default)
    {
        using var scope = CancellationScope.Enter(cancellation);
        ArgumentNullException.ThrowIfNull(frame);
        ArgumentNullException.ThrowIfNull(pairs);
        ArgumentNullException.ThrowIfNull(options);
        Require(frame, pairs);
        var start = GeeFitter.Fit(frame, new GeeOptions
        {
            Family = Family.Binomial,
            Link = options.Link,
            Correlation = WorkingCorrelation.Independence,
            FixedScale = 1,
            Tolerances = options.Tolerances,
        });
        var beta = start.Coefficients.ToArray();
        var alpha = new double[pairs.Names.Count];
        var sums = new AssociationSums(frame, pairs, options.Link);
        var convergence = start.Convergence.Converged ? Iterate(frame, sums, beta, alpha, options) : start.Convergence;
        var (ofMeans, ofPairs) = Covariances(sums, beta.Length, alpha.Length);
        return new AssociationFit(frame, pairs.Names, (beta, ofMeans), (alpha, ofPairs), convergence);
    }

    private static void Require(ModelFrame frame, PairDesign pairs)
    {
        if (frame.Response.IndexOfAnyExcept(0.0, 1.0) >= 0)
        {
            throw new ArgumentException("Alternating logistic regressions need outcomes of 0 and 1.", nameof(frame));
        }

        if (!frame.Weights.IsEmpty || !frame.Trials.IsEmpty)
        {
            throw new ArgumentException("Alternating logistic regressions do not take weights or trials.", nameof(frame));
        }

        if (pairs.Count == 0 || pairs.Count != PairDesign.CountPairs(frame))
        {
            throw new ArgumentException("The pairs must be those of the frame, and there must be at least one.", nameof(pairs));
        }
    }

    private static Convergence Iterate(ModelFrame frame, AssociationSums sums, double[] beta, double[] alpha, AssociationOptions options)
    {
        var tolerance = options.Tolerances.Equations;
        var criterion = double.PositiveInfinity;
        for (var iteration = 1; iteration <= options.MaximumIterations; iteration++)
        {
            var bad = sums.Evaluate(beta, alpha);
            if (bad >= 0)
            {
                return new Convergence(
                    ConvergenceStatus.NotPositiveDefinite,
                    iteration,
                    criterion,
                    tolerance,
                    $"The covariance that the odds ratios imply is not positive definite in cluster {frame.Clusters.Label(bad)}.");
            }

            var one = Solve(sums.MeanInformation, sums.MeanScores, beta.Length);
            var other = Solve(sums.PairInformation, sums.PairScores, alpha.Length);
            criterion = Math.Max(one.Criterion, other.Criterion);
            if (!double.IsFinite(criterion))
            {
                return new Convergence(
                    ConvergenceStatus.NotFinite,
                    iteration,
                    criterion,
                    tolerance,
                    "The estimating equations are not finite or singular: a covariate of the pairs may be redundant.");
            }

            if (criterion < tolerance)
            {
                return new Convergence(ConvergenceStatus.Converged, iteration, criterion, tolerance);
            }

            // A log odds ratio far out cannot be told from infinity; short steps keep it in reach.
            var size = other.Step.Max(Math.Abs);
            Dense.AddScaled(1, one.Step, beta);
            Dense.AddScaled(size > 1 ? 1 / size : 1, other.Step, alpha);
        }

        return new Convergence(
            ConvergenceStatus.IterationLimit,
            options.MaximumIterations,
            criterion,
            tolerance,
            $"The limit of {options.MaximumIterations} iterations was reached.");
    }

    private static (double[] Step, double Criterion) Solve(double[] information, double[] scores, int columns)
    {
        var step = new double[columns];
        for (var at = 0; at < scores.Length; at += columns)
        {
            Dense.AddScaled(1, scores.AsSpan(at, columns), step);
        }

        var criterion = 0.0;
        for (var j = 0; j < columns; j++)
        {
            criterion = Math.Max(criterion, Math.Abs(step[j]) / Math.Sqrt(information[(j * columns) + j]));
        }

        double[] factor = [.. information];
        if (!Cholesky.TryFactor(factor, columns, out _))
        {
            return (step, double.NaN);
        }

        Cholesky.Solve(factor, columns, step);
        return (step, criterion);
    }

    /// <summary>The sandwich covariances of β̂ and α̂.</summary>
    /// <remarks>
    /// The Jacobian of both sets of equations is block triangular, as those of the means do not move with α on average: the influence of α
    /// is A⁻¹(U_α − BM⁻¹U_β), with A and B given the observed outcomes.
    /// </remarks>
    private static (double[] Means, double[] Pairs) Covariances(AssociationSums sums, int p, int q)
    {
        var bread = new double[p * p];
        var pairBread = new double[q * q];
        if (!Cholesky.TryInvert(sums.MeanInformation, p, new double[p * p], bread)
            || !Cholesky.TryInvert(sums.PairInformation, q, new double[q * q], pairBread))
        {
            return (Sandwich.Undefined(p), Sandwich.Undefined(q));
        }

        var projection = new double[q * p];
        Dense.Multiply(sums.Cross, bread, q, p, p, projection);
        double[] scores = [.. sums.PairScores];
        var own = new double[q];
        for (var i = 0; i * p < sums.MeanScores.Length; i++)
        {
            Dense.Multiply(projection, sums.MeanScores.AsSpan(i * p, p), own);
            Dense.AddScaled(-1, own, scores.AsSpan(i * q, q));
        }

        return (Sandwich.FromScores(bread, sums.MeanScores), Sandwich.FromScores(pairBread, scores));
    }
}
