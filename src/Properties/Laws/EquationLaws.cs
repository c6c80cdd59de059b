using MarginalConditional.Properties.Estimators;
using MarginalConditional.Properties.Generators;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Properties.Laws;

/// <summary>Laws of the equations that estimates solve.</summary>
internal static class EquationLaws
{
    private const double Step = 1e-5;

    /// <summary>The equation is solved.</summary>
    public static TrialLaw ScoreZero { get; } = new(
        "score-zero",
        "Σ Uᵢ(θ̂) = 0 over clusters, beside √Σ Uᵢ².",
        "estimators that give the terms of their equations (IScoreEstimator)",
        "Liang and Zeger 1986, equation 6",
        estimator => estimator is IScoreEstimator ? null : "it does not give its equations (IScoreEstimator)",
        _ => new TrialShape(),
        (estimator, one, tolerances) =>
        {
            if (((IScoreEstimator)estimator).ClusterScores(one.Trial) is not { Count: > 0 } scores)
            {
                return LawOutcome.Unanswered("no usable estimate");
            }

            var traits = estimator.Traits;
            var share = traits.ScoreError ?? Math.Max(tolerances.Score * traits.Tolerance, tolerances.LeastScore);
            for (var j = 0; j < scores[0].Length; j++)
            {
                var (sum, root) = (scores.Sum(score => score[j]), Math.Sqrt(scores.Sum(score => score[j] * score[j])));
                if (!(Math.Abs(sum) <= (share * root) + tolerances.LeastRoot))
                {
                    return LawOutcome.Broken(
                        FormattableString.Invariant($"equation {j + 1} of sum 0"),
                        FormattableString.Invariant($"{sum:G6}, of clusters' terms of size {root:G6}"));
                }
            }

            return LawOutcome.Holds;
        });

    /// <summary>The gradient is that of the function.</summary>
    public static TrialLaw Gradient { get; } = new(
        "gradient",
        "∂ℓ/∂θⱼ = {ℓ(θ + heⱼ) − ℓ(θ − heⱼ)}/2h + O(h²) at and around θ̂.",
        "estimators that give a log-likelihood with its gradient (ILikelihoodEstimator)",
        "central differences",
        estimator => estimator is not ILikelihoodEstimator ? "it does not give a likelihood (ILikelihoodEstimator)"
            : estimator.Model.Family != Family.Binomial && estimator.Model.Family != Family.Poisson ? "its likelihood has a dispersion"
            : null,
        _ => new TrialShape { HasHardCases = false },
        (estimator, one, tolerances) =>
        {
            var likelihood = (ILikelihoodEstimator)estimator;
            if (likelihood.Parameters(one.Trial) is not { } estimate
                || estimate.Any(value => !(Math.Abs(value) < tolerances.LargestEffect)))
            {
                return LawOutcome.Unanswered("no usable estimate");
            }

            // Somewhere near the estimate, inside of the parameters' range.
            double[] point =
                [.. estimate.Select((value, j) => (value * (1 + (0.1 * ((one.Key + j) % 4)))) + (0.05 * ((one.Key + j) % 3)) + 0.02)];
            var (gradient, unused) = (new double[point.Length], new double[point.Length]);
            likelihood.LogLikelihood(one.Trial, point, gradient);
            for (var j = 0; j < point.Length; j++)
            {
                var h = Step * Math.Max(1, Math.Abs(point[j]));
                double[] above = [.. point], below = [.. point];
                above[j] += h;
                below[j] -= h;
                var rise = likelihood.LogLikelihood(one.Trial, above, unused) - likelihood.LogLikelihood(one.Trial, below, unused);
                var difference = rise / (2 * h);
                if (!(Math.Abs(gradient[j] - difference) <= tolerances.Gradient * Math.Max(1, gradient.Max(Math.Abs))))
                {
                    return LawOutcome.Broken(
                        FormattableString.Invariant($"∂ℓ/∂θ{j + 1} = {difference:G9} by differences at ({Words(point)})"),
                        FormattableString.Invariant($"{gradient[j]:G9}"));
                }
            }

            return LawOutcome.Holds;
        });

    /// <summary>Brute force on tiny data.</summary>
    public static TrialLaw BruteForce { get; } = new(
        "brute-force",
        "On tiny balanced trials of whole clusters: θ̂ = g(ȳ₁) − g(ȳ₀) for marginal models and for Gaussian outcomes; "
            + "θ̂ maximizes ∏ ∫ ∏ f(y | a + θt + σz) φ(z) dz for conditional ones.",
        "models without covariates: marginal or conditional effects, the latter of Gaussian, binomial or Poisson outcomes",
        "equal clusters of two have weights 1ᵀV⁻¹ in proportion to 1ᵀ; Simpson's rule, and a search without derivatives",
        estimator => estimator.Model.Covariates.Count > 0 ? "its model has a covariate"
            : !estimator.Traits.IsMarginal && !estimator.Traits.IsConditional ? $"it estimates {estimator.Traits.Target.Name}"
            : estimator.Traits.IsConditional && estimator.Model.Family == Family.Gamma ? "its likelihood has a dispersion"
            : null,
        _ => new TrialShape
        {
            FewestClusters = 6,
            MostClusters = 10,
            LargestCluster = 2,
            HasEqualSizes = true,
            TreatsWholeClusters = true,
            HasHardCases = false,
        },
        Direct);

    private static LawOutcome Direct(ITrialEstimator estimator, LawCase one, LawTolerances tolerances)
    {
        if (Agreement.Answer(estimator, one.Trial, tolerances, out var reason) is not { } estimate)
        {
            return LawOutcome.Unanswered(reason);
        }

        var link = one.Trial.Model.EffectiveLink;
        double expected;
        var isExact = estimator.Traits.IsMarginal || one.Trial.Model.Family == Family.Gaussian;
        if (isExact)
        {
            expected = link.Predictor(ArmMean(one, 1)) - link.Predictor(ArmMean(one, 0));
        }
        else
        {
            var maximum = new DirectLikelihood(one.Trial).Maximum();
            if (maximum[2] > tolerances.LargestEffect / 2 || Math.Abs(maximum[1]) > tolerances.LargestEffect)
            {
                return LawOutcome.Unanswered("the likelihood rises to infinite effects");
            }

            expected = maximum[1];
        }

        var share = Math.Max(tolerances.BruteForce * estimator.Traits.Tolerance, isExact ? 0 : tolerances.LeastBruteForce);
        return Math.Abs(estimate.Value - expected) <= (share * estimate.StandardError) + (tolerances.Rounding * Math.Abs(expected))
            ? LawOutcome.Holds
            : LawOutcome.Broken(Agreement.Words(expected, double.NaN), Agreement.Words(estimate.Value, estimate.StandardError));
    }

    private static double ArmMean(LawCase one, int arm)
    {
        var (sum, rows) = (0.0, 0);
        for (var row = 0; row < one.Trial.Rows; row++)
        {
            if (one.Trial.Treatment[row] == arm)
            {
                sum += one.Trial.Outcome[row];
                rows++;
            }
        }

        return sum / rows;
    }

    private static string Words(double[] point) => string.Join(", ", point.Select(value => FormattableString.Invariant($"{value:G6}")));
}
