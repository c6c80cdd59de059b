using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Covariance;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Simulation.Estimators;

/// <summary>The regression of the outcomes of one wave on what was before, with draws from its posterior. Immutable.</summary>
/// <remarks>
/// Rubin (1987), examples 5.1 and 5.2: of continuous outcomes σ² is RSS over a χ² with n − p degrees of freedom and β normal given it, of
/// binary ones β is normal about the estimate of a logistic regression.
/// </remarks>
internal sealed class WaveModel
{
    private readonly double[] coefficients;
    private readonly double[] factor;
    private readonly double squares;
    private readonly double degrees;

    private WaveModel(double[] coefficients, double[] factor, double squares, double degrees)
    {
        this.coefficients = coefficients;
        this.factor = factor;
        this.squares = squares;
        this.degrees = degrees;
    }

    /// <summary>Fits the regression.</summary>
    /// <param name="rows">The predictors of each person who was seen, without the intercept.</param>
    /// <param name="outcomes">Their outcomes.</param>
    /// <param name="family">Gaussian or binomial.</param>
    /// <exception cref="InvalidOperationException">It has no finite solution.</exception>
    public static WaveModel Fit(IReadOnlyList<double[]> rows, double[] outcomes, Family family)
    {
        var (n, p) = (rows.Count, rows.Count == 0 ? 1 : rows[0].Length + 1);
        if (n <= p)
        {
            throw new InvalidOperationException("A wave has too few outcomes to impute the others from.");
        }

        var values = new double[n * p];
        values.AsSpan(0, n).Fill(1);
        for (var i = 0; i < n; i++)
        {
            for (var j = 1; j < p; j++)
            {
                values[(j * n) + i] = rows[i][j - 1];
            }
        }

        string[] names = [DesignMatrix.InterceptName, .. Enumerable.Range(1, p - 1).Select(j => $"x{j}")];
        var clusters = new Clusters("person", [.. Enumerable.Range(0, n + 1)], index => $"{index + 1}");
        var fit = GeeFitter.Fit(new ModelFrame(new DesignMatrix(n, names, values, names), outcomes, clusters), new GeeOptions
        {
            Family = family,
            Correlation = WorkingCorrelation.Independence,
            FixedScale = 1,
            Threads = 1,
        });
        var factor = GeeInference.Of(fit, GeeVariance.Model).Covariance.ToArray();
        if (!fit.Convergence.Converged || fit.Separated is not null || !Cholesky.TryFactor(factor, p, out _))
        {
            throw new InvalidOperationException("The regression of a wave's outcomes on those before has no solution to impute from.");
        }

        var squares = 0.0;
        var means = fit.FittedMeans();
        for (var i = 0; i < n; i++)
        {
            squares += (outcomes[i] - means[i]) * (outcomes[i] - means[i]);
        }

        return new WaveModel(fit.Coefficients.ToArray(), factor, family == Family.Gaussian ? squares : double.NaN, n - p);
    }

    /// <summary>Draws parameters.</summary>
    /// <param name="stream">One normal a coefficient, after the χ² of continuous outcomes.</param>
    public WaveDraw Draw(RandomStream stream)
    {
        var p = coefficients.Length;
        var deviation = double.IsNaN(squares) ? double.NaN : Math.Sqrt(squares / (2 * stream.NextGamma(degrees / 2)));
        var scale = double.IsNaN(squares) ? 1 : deviation;
        var (drawn, normal) = (coefficients.ToArray(), new double[p]);
        for (var i = 0; i < p; i++)
        {
            normal[i] = stream.NextNormal();
            for (var j = 0; j <= i; j++)
            {
                drawn[i] += scale * factor[(i * p) + j] * normal[j];
            }
        }

        return new WaveDraw(drawn, deviation);
    }
}
