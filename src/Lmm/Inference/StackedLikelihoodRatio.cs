using MarginalConditional.Data.Frames;
using MarginalConditional.Lmm.Hierarchy;
using MarginalConditional.Lmm.Model;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Lmm.Inference;

/// <summary>
/// The likelihood ratios of a fixed term in fits of one model to several completed data sets: what D3 and D4 are made of. Immutable.
/// </summary>
/// <param name="Term">The term left out.</param>
/// <param name="Parameters">k, the number of its coefficients.</param>
/// <param name="Statistics">Twice the log-likelihood ratio in each set, each at its own estimates.</param>
/// <param name="AtMeans">
/// The mean over the sets of twice the log-likelihood ratio at the means of the sets' estimates: coefficients, covariances of random
/// effects, residual variance (Meng and Rubin 1992). Null with a residual structure, whose parameters have no one scale.
/// </param>
/// <param name="Stacked">Twice the log-likelihood ratio of all sets below each other, over their number (Chan and Meng 2022).</param>
public sealed record StackedLikelihoodRatio(
    string Term, int Parameters, IReadOnlyList<double> Statistics, double? AtMeans, double Stacked)
{
    /// <summary>Those of each fixed term that no higher one contains, by full likelihood.</summary>
    /// <param name="fits">The fit to each set, two or more, of one model.</param>
    public static IReadOnlyList<StackedLikelihoodRatio> OfTerms(IReadOnlyList<LmmFit> fits)
    {
        ArgumentNullException.ThrowIfNull(fits);
        var full = Model.Of(
            [.. fits.Select(fit => fit.Options.Restricted ? LmmFitter.Fit(fit.Frame, fit.Options with { Restricted = false }) : fit)]);
        string[] terms = [.. LikelihoodRatioTest.TestedTerms(fits[0].Frame.Design)];
        using var work = LongWork.Begin("fits without a term", terms.Length);
        return [.. work.Each(terms).Select(term => Of(term, full))];
    }

    private static StackedLikelihoodRatio Of(string term, Model full)
    {
        var smaller = Model.Of([.. full.Fits.Select(fit => LmmFitter.Fit(LikelihoodRatioTest.Without(fit.Frame, term), fit.Options))]);
        return new StackedLikelihoodRatio(
            term,
            full.Fits[0].ParameterCount - smaller.Fits[0].ParameterCount,
            [.. full.Fits.Zip(smaller.Fits, (larger, own) => 2 * (larger.LogLikelihood - own.LogLikelihood))],
            full.AtMeans - smaller.AtMeans,
            full.Stacked - smaller.Stacked);
    }

    /// <summary>One model in all sets: its fits, and twice the mean log-likelihood at means and at the maximum of all.</summary>
    private sealed record Model(IReadOnlyList<LmmFit> Fits, double? AtMeans, double Stacked)
    {
        public static Model Of(IReadOnlyList<LmmFit> fits)
        {
            var stack = StackedFrame.Of([.. fits.Select(fit => fit.Frame)]);
            return new Model(
                fits, AtMeansOf(fits, stack), 2 * LmmFitter.Fit(stack, fits[0].Options).LogLikelihood / fits.Count);
        }

        private static double? AtMeansOf(IReadOnlyList<LmmFit> fits, ModelFrame stack)
        {
            if (fits[0].Data.Residual is not null)
            {
                return null;
            }

            var response = stack.Response.ToArray();
            var design = stack.Design;
            for (var j = 0; j < design.Columns; j++)
            {
                Dense.AddScaled(-fits.Average(fit => fit.Coefficients[j]), design.Column(j), response);
            }

            var empty = new Data.Coding.DesignMatrix(stack.Rows, [], [], []);
            var likelihood = LmmFitter.Likelihood(stack.WithTerms(empty, stack.RandomTerms), response, fits[0].Options);
            var scale = fits.Average(fit => fit.ResidualVariance);
            double[] theta =
            [
                .. likelihood.Data.Hierarchy.Levels.SelectMany((level, l) =>
                    Factor(level, likelihood.Data.Rows.Transform(l), fits, scale)),
            ];
            return -likelihood.Evaluate(theta, scale, []) / fits.Count;
        }

        /// <summary>The parameters of a level where its terms have the means of the sets' covariances, D = TD̃Tᵀ.</summary>
        private static IEnumerable<double> Factor(
            GroupLevel level, ReadOnlySpan<double> transform, IReadOnlyList<LmmFit> fits, double scale)
        {
            var parameters = new List<double>();
            for (var t = 0; t < level.Terms.Count; t++)
            {
                var term = level.Terms[t];
                var (q, start) = (term.Dimension, level.Factor.Offset(t));
                var basis = new double[q * q];
                for (var a = 0; a < q; a++)
                {
                    transform.Slice(((start + a) * level.Dimension) + start, q).CopyTo(basis.AsSpan(a * q));
                }

                var factor = Mean(term, fits, scale);
                Turn(basis, factor, q);
                Cholesky.FactorSemidefinite(factor, q);
                for (var k = level.Factor.FirstParameter(t); k < level.Factor.FirstParameter(t + 1); k++)
                {
                    parameters.Add(factor[((level.Factor.Row(k) - start) * q) + level.Factor.Column(k) - start]);
                }
            }

            return parameters;
        }

        private static double[] Mean(RandomTermDesign term, IReadOnlyList<LmmFit> fits, double scale)
        {
            var mean = new double[term.Dimension * term.Dimension];
            foreach (var fit in fits)
            {
                var own = fit.RandomEffects.First(other =>
                    other.Group == term.Group && other.Names.SequenceEqual(term.Names, StringComparer.Ordinal));
                Dense.AddScaled(1 / (scale * fits.Count), own.Covariance, mean);
            }

            return mean;
        }

        /// <summary>T⁻¹DT⁻ᵀ for triangular T, in place of D.</summary>
        private static void Turn(double[] basis, double[] covariance, int q)
        {
            var inverse = Inverse(basis, q);
            var scratch = new double[q * q];
            var turned = new double[q * q];
            Dense.Sandwich(inverse, covariance, q, q, scratch, turned);
            turned.CopyTo(covariance, 0);
        }

        /// <summary>By Gauss and Jordan; T is upper triangular with a positive diagonal.</summary>
        private static double[] Inverse(double[] matrix, int q)
        {
            var inverse = new double[q * q];
            for (var column = 0; column < q; column++)
            {
                for (var row = q - 1; row >= 0; row--)
                {
                    var sum = row == column ? 1.0 : 0;
                    for (var k = row + 1; k < q; k++)
                    {
                        sum -= matrix[(row * q) + k] * inverse[(k * q) + column];
                    }

                    inverse[(row * q) + column] = sum / matrix[(row * q) + row];
                }
            }

            return inverse;
        }
    }
}
