using MarginalConditional.Data.Frames;
using MarginalConditional.Gee.Covariance;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Gee.Association;

/// <summary>Marginal means of binary outcomes and their pairwise log odds ratios, with robust standard errors of both.</summary>
public sealed class AssociationFit
{
    private readonly double[] coefficients;
    private readonly double[] logOddsRatios;
    private readonly double[] covariance;
    private readonly double[] logOddsRatioCovariance;
    private readonly IReadOnlyList<string> names;
    private readonly AssociationOptions options;

    internal AssociationFit(
        ModelFrame frame, IReadOnlyList<string> names, AssociationOptions options, AssociationSums sums, double[] beta, double[] alpha, Convergence convergence)
    {
        Frame = frame;
        this.names = names;
        this.options = options;
        coefficients = beta;
        logOddsRatios = alpha;
        Convergence = convergence;
        (covariance, logOddsRatioCovariance) = Covariances(sums, beta.Length, alpha.Length);
    }

    /// <summary>The rows fitted.</summary>
    public ModelFrame Frame { get; }

    /// <summary>β̂ of the means, p values (link scale).</summary>
    public ReadOnlySpan<double> Coefficients => coefficients;

    /// <summary>α̂ of the log odds ratio, q values.</summary>
    public ReadOnlySpan<double> LogOddsRatios => logOddsRatios;

    /// <summary>The robust covariance of β̂, p×p.</summary>
    public ReadOnlySpan<double> Covariance => covariance;

    /// <summary>The robust covariance of α̂, q×q; it accounts for the estimation of β.</summary>
    public ReadOnlySpan<double> LogOddsRatioCovariance => logOddsRatioCovariance;

    /// <summary>How the iteration ended.</summary>
    public Convergence Convergence { get; }

    /// <summary>The coefficients of the means with tests and intervals.</summary>
    public CoefficientTable CoefficientTable() => Table(Frame.Design.Names, coefficients, covariance);

    /// <summary>The coefficients of the log odds ratio with tests and intervals.</summary>
    public CoefficientTable LogOddsRatioTable() => Table(names, logOddsRatios, logOddsRatioCovariance);

    private CoefficientTable Table(IReadOnlyList<string> terms, double[] estimates, double[] matrix)
    {
        var errors = new double[estimates.Length];
        for (var j = 0; j < errors.Length; j++)
        {
            errors[j] = Math.Sqrt(matrix[(j * errors.Length) + j]);
        }

        return new CoefficientTable(terms, estimates, errors, [], options.Level);
    }

    // The Jacobian of both sets of equations is block triangular, as those of the means do not move with alpha on average:
    // alpha's influence is A^-1 (U_alpha - B M^-1 U_beta), with A and B given the observed outcomes.
    private static (double[] Means, double[] Pairs) Covariances(AssociationSums sums, int p, int q)
    {
        var bread = new double[p * p];
        var pairBread = new double[q * q];
        if (!Cholesky.TryInvert(sums.MeanInformation, p, new double[p * p], bread) || !Cholesky.TryInvert(sums.PairInformation, q, new double[q * q], pairBread))
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
