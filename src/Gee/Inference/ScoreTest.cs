using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Covariance;
using MarginalConditional.Gee.Equations;
using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Gee.Inference;

/// <summary>The generalized score test that contrasts are zero (Rotnitzky and Jewell 1990; Boos 1992).</summary>
/// <param name="Statistic">χ² with <paramref name="Rank"/> degrees of freedom.</param>
/// <param name="Rank">The number of independent contrasts.</param>
/// <param name="PValue">The upper tail probability.</param>
/// <param name="Restricted">How the fit under the hypothesis ended.</param>
public sealed record ScoreTest(double Statistic, int Rank, double PValue, Convergence Restricted)
{
    /// <summary>
    /// Tests Lβ = 0: UᵀM⁻¹Lᵀ(L V Lᵀ)⁻¹LM⁻¹U, with the full model's score,
    /// information and robust variance at the restricted estimates of β, α and φ.
    /// </summary>
    /// <remarks>
    /// The restricted model is fitted on the columns X Z, Z a basis of the null space of L. Unlike the Wald test it does not depend on how
    /// the hypothesis is parametrized, and it holds its level better with few clusters.
    /// </remarks>
    /// <param name="fit">The full fit, for its frame and options.</param>
    /// <param name="contrasts">The rows of L; they must leave at least one coefficient free.</param>
    public static ScoreTest Of(GeeFit fit, IReadOnlyList<Contrast> contrasts)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentNullException.ThrowIfNull(contrasts);
        var p = fit.Coefficients.Length;
        var (directions, basis) = Split(contrasts, p, fit.Options.Tolerances.ContrastRank);
        var rank = directions.Count;
        if (basis.Count == 0)
        {
            throw new ArgumentException(
                "The contrasts leave no coefficient free, so there is no restricted model to fit.",
                nameof(contrasts));
        }

        var restricted = GeeFitter.Fit(Restrict(fit.Frame, basis), fit.Options);
        var beta = new double[p];
        for (var k = 0; k < basis.Count; k++)
        {
            Dense.AddScaled(restricted.Coefficients[k], basis[k], beta);
        }

        return Evaluate(fit, restricted, beta, directions, rank);
    }

    /// <summary>Whether some coefficient stays free under a hypothesis, so that <see cref="Of"/> has a model to fit.</summary>
    /// <param name="fit">The full fit.</param>
    /// <param name="contrasts">The rows of L.</param>
    public static bool Exists(GeeFit fit, IReadOnlyList<Contrast> contrasts)
    {
        ArgumentNullException.ThrowIfNull(fit);
        ArgumentNullException.ThrowIfNull(contrasts);
        return Split(contrasts, fit.Coefficients.Length, fit.Options.Tolerances.ContrastRank).Null.Count > 0;
    }

    private static ScoreTest Evaluate(GeeFit fit, GeeFit restricted, double[] beta, List<double[]> directions, int rank)
    {
        var p = beta.Length;
        var kernel = fit.Options.Correlation.CreateKernel(fit.Data.CorrelationInput);
        restricted.CopyCorrelation(kernel);
        var failure = new ScoreTest(double.NaN, rank, double.NaN, restricted.Convergence);
        if (kernel.Prepare() is not null)
        {
            return failure;
        }

        using var pass = new EstimatingPass(fit.Data, kernel, fit.Options.Threads);
        var scores = new double[fit.Frame.Clusters.Count * p];
        pass.Run(beta, scores);
        var information = pass.Information.ToArray();
        Dense.MirrorLower(information, p);
        var bread = new double[p * p];
        if (!Cholesky.TryInvert(information, p, new double[p * p], bread))
        {
            return failure;
        }

        // The scale cancels: bread times score, and bread times meat times bread, are free of it.
        var change = new double[p];
        Dense.Multiply(bread, pass.Score, change);
        var variance = Sandwich.FromScores(bread, scores);
        var wald = WaldTest.Joint([.. directions.Select(direction => new Contrast("", direction))], change, variance);
        return new ScoreTest(
            wald.Statistic,
            wald.Rank,
            ChiSquaredDistribution.UpperTail(wald.Statistic, wald.Rank),
            restricted.Convergence);
    }

    /// <summary>Eigenvectors of LᵀL: those with positive eigenvalues span the rows of L, the others its null space.</summary>
    private static (List<double[]> Rows, List<double[]> Null) Split(IReadOnlyList<Contrast> contrasts, int p, double tolerance)
    {
        var gram = new double[p * p];
        foreach (var contrast in contrasts)
        {
            Dense.RankOneUpdateLower(1 / Dense.Dot(contrast.Weights, contrast.Weights), contrast.Weights, gram);
        }

        Dense.MirrorLower(gram, p);
        var values = new double[p];
        var vectors = new double[p * p];
        SymmetricEigen.Decompose(gram, p, values, vectors);
        var (rows, rest) = (new List<double[]>(), new List<double[]>());
        for (var k = 0; k < p; k++)
        {
            (values[k] > tolerance ? rows : rest).Add(vectors.AsSpan(k * p, p).ToArray());
        }

        return (rows, rest);
    }

    private static ModelFrame Restrict(ModelFrame frame, List<double[]> basis)
    {
        var n = frame.Rows;
        var values = new double[n * basis.Count];
        for (var k = 0; k < basis.Count; k++)
        {
            for (var j = 0; j < basis[k].Length; j++)
            {
                Dense.AddScaled(basis[k][j], frame.Design.Column(j), values.AsSpan(k * n, n));
            }
        }

        string[] names = [.. basis.Select((_, k) => $"z{k + 1}")];
        return frame.WithTerms(new DesignMatrix(n, names, values, names), []);
    }
}
