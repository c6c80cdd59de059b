using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Lmm.Inference;

/// <summary>The likelihood-ratio test of a smaller model within a larger one.</summary>
/// <param name="Label">What is tested.</param>
/// <param name="Statistic">Twice the difference of the log-likelihoods.</param>
/// <param name="Parameters">The difference in the number of parameters.</param>
/// <param name="OnBoundary">Whether the smaller model sets a variance to zero, the boundary: then the reference is a mixture.</param>
/// <param name="PValue">From χ², or from the mixture ½χ²(k − 1) + ½χ²(k) at a boundary (Self and Liang 1987; Stram and Lee 1994).</param>
/// <example>
/// <code>
/// using MarginalConditional.Data.Formulas;
/// using MarginalConditional.Data.Frames;
/// using MarginalConditional.Data.Tables;
/// using MarginalConditional.Lmm;
/// using MarginalConditional.Lmm.Inference;
///
/// var data = DatasetReader.Read("trial.csv");
/// var frame = ModelFrameBuilder.Build(
///     data, new FrameRequest { Formula = FormulaParser.Parse("y ~ arm + time + (time | id)") });
/// var fit = LmmFitter.Fit(frame, new LmmOptions());
/// foreach (var row in LikelihoodRatioTest.OfTerms(fit))
/// {
///     Console.WriteLine($"{row.Label}: {row.Statistic}, p = {row.PValue}");
/// }
/// </code>
/// </example>
public sealed record LikelihoodRatioTest(string Label, double Statistic, int Parameters, bool OnBoundary, double PValue)
{
    /// <summary>
    /// Tests each random term, by the fit's own likelihood, and each fixed term that no higher one contains, by full likelihood.
    /// </summary>
    /// <remarks>
    /// A term with several effects has several boundaries; the mixture is then conservative. There are no tests where a fit that they are
    /// to fall from has no maximum, and a test whose smaller model has none is without numbers.
    /// </remarks>
    public static IReadOnlyList<LikelihoodRatioTest> OfTerms(LmmFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        var tests = new List<LikelihoodRatioTest>();
        if (!fit.Convergence.Converged)
        {
            return tests;
        }

        var frame = fit.Frame;
        string[] terms = [.. TestedTerms(frame.Design)];
        using var work = LongWork.Begin("fits without a term", frame.RandomTerms.Count + terms.Length);
        for (var k = 0; k < frame.RandomTerms.Count; k++)
        {
            var term = frame.RandomTerms[k];
            var smaller = frame.WithTerms(frame.Design, [.. frame.RandomTerms.Where(other => other != term)]);
            var label = $"({string.Join(" + ", term.Names.Select(name => name == DesignMatrix.InterceptName ? "1" : name))} "
                + $"{(term.Correlated ? "|" : "||")} {term.Group})";
            tests.Add(Compare(label, LmmFitter.Fit(smaller, fit.Options), fit, onBoundary: true));
            work.Step();
        }

        double[] curvature = [];
        var options = fit.Options with { Restricted = false };
        var full = fit.Options.Restricted ? Near(frame, options, fit, ref curvature) : fit;
        if (!full.Convergence.Converged)
        {
            return tests;
        }

        foreach (var term in work.Each(terms))
        {
            var own = (double[])curvature.Clone();
            tests.Add(Compare(term, Near(Without(frame, term), options, full, ref own), full, onBoundary: false));
        }

        return tests;
    }

    /// <summary>
    /// A fit whose covariance parameters mean what those of another do: it begins where that one ended, unless it ended near a boundary,
    /// where slopes say little, or did not end.
    /// </summary>
    private static LmmFit Near(ModelFrame frame, LmmOptions options, LmmFit other, ref double[] curvature)
    {
        var (theta, inside) = (other.Theta.ToArray(), other.Convergence.Converged);
        for (var k = 0; k < theta.Length; k++)
        {
            inside &= !other.Data.IsDiagonal(k) || Math.Abs(theta[k]) >= options.Tolerances.NearBoundary;
        }

        if (!inside)
        {
            curvature = [];
        }

        return LmmFitter.Fit(frame, frame.Response, frame.Weights, options, inside ? theta : null, ref curvature);
    }

    /// <summary>Tests one fit within another on the same rows; without numbers where one of them has not converged.</summary>
    /// <param name="label">What is tested.</param>
    /// <param name="smaller">The fit under the hypothesis.</param>
    /// <param name="larger">The fit without it.</param>
    /// <param name="onBoundary">Whether the hypothesis sets a variance to zero.</param>
    public static LikelihoodRatioTest Compare(string label, LmmFit smaller, LmmFit larger, bool onBoundary)
    {
        ArgumentNullException.ThrowIfNull(smaller);
        ArgumentNullException.ThrowIfNull(larger);
        var parameters = larger.ParameterCount - smaller.ParameterCount;
        if (!smaller.Convergence.Converged || !larger.Convergence.Converged)
        {
            return new LikelihoodRatioTest(label, double.NaN, parameters, onBoundary, double.NaN);
        }

        var statistic = Math.Max(0, 2 * (larger.LogLikelihood - smaller.LogLikelihood));
        var p = ChiSquaredDistribution.UpperTail(statistic, parameters);
        if (onBoundary)
        {
            var lower = parameters > 1 ? ChiSquaredDistribution.UpperTail(statistic, parameters - 1) : statistic > 0 ? 0 : 1;
            p = (p + lower) / 2;
        }

        return new LikelihoodRatioTest(label, statistic, parameters, onBoundary, p);
    }

    /// <summary>The fixed terms that no higher one contains.</summary>
    internal static IEnumerable<string> TestedTerms(DesignMatrix design) =>
        design.PredictorTerms.Where(term => !IsContained(term, design.Terms));

    /// <summary>The frame without a fixed term.</summary>
    internal static ModelFrame Without(ModelFrame frame, string term) => frame.WithTerms(Without(frame.Design, term), frame.RandomTerms);

    private static bool IsContained(string term, IReadOnlyList<string> terms)
    {
        var factors = term.Split(':');
        return terms.Any(other => other != term && factors.All(factor => other.Split(':').Contains(factor, StringComparer.Ordinal)));
    }

    private static DesignMatrix Without(DesignMatrix design, string term)
    {
        var kept = Enumerable.Range(0, design.Columns).Where(j => design.Terms[j] != term).ToList();
        var values = new double[design.Rows * kept.Count];
        for (var k = 0; k < kept.Count; k++)
        {
            design.Column(kept[k]).CopyTo(values.AsSpan(k * design.Rows));
        }

        return new DesignMatrix(design.Rows, kept.ConvertAll(j => design.Names[j]), values, kept.ConvertAll(j => design.Terms[j]));
    }
}
