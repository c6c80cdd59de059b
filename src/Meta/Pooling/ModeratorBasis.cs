using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Meta.Pooling;

/// <summary>
/// The columns of the moderators, made orthonormal once: X = QR, so that no unit and no shift of a moderator costs digits.
/// </summary>
/// <remarks>
/// Effects enter by what Q leaves of them, y* = y − QQᵀy; coefficients g of that regression are those of X by β = R⁻¹(g + Qᵀy).
/// </remarks>
internal sealed class ModeratorBasis
{
    private readonly double[][] columns;
    private readonly double[] triangle;
    private readonly double[] projection;
    private readonly double[] rest;

    private ModeratorBasis(double[][] columns, double[] triangle, double[] projection, double[] rest)
    {
        this.columns = columns;
        this.triangle = triangle;
        this.projection = projection;
        this.rest = rest;
    }

    /// <summary>p.</summary>
    public int Columns => columns.Length;

    /// <summary>y*, k.</summary>
    public ReadOnlySpan<double> Rest => rest;

    /// <summary>One column of Q, k.</summary>
    public ReadOnlySpan<double> Column(int index) => columns[index];

    /// <summary>Makes the basis.</summary>
    /// <param name="design">p independent columns of k numbers.</param>
    /// <param name="effects">y, k.</param>
    public static ModeratorBasis Of(double[][] design, double[] effects)
    {
        var p = design.Length;
        double[][] q = [.. design.Select(column => (double[])column.Clone())];
        var triangle = new double[p * p];
        for (var j = 0; j < p; j++)
        {
            // Twice is enough (Giraud, Langou and Rozloznik 2005).
            for (var pass = 0; pass < 2; pass++)
            {
                for (var i = 0; i < j; i++)
                {
                    var share = Dense.Dot(q[i], q[j]);
                    triangle[(i * p) + j] += share;
                    Dense.AddScaled(-share, q[i], q[j]);
                }
            }

            var norm = Math.Sqrt(Dense.Dot(q[j], q[j]));
            triangle[(j * p) + j] = norm;
            for (var i = 0; i < q[j].Length; i++)
            {
                q[j][i] /= norm;
            }
        }

        var (projection, rest) = (new double[p], (double[])effects.Clone());
        for (var pass = 0; pass < 2; pass++)
        {
            for (var j = 0; j < p; j++)
            {
                var share = Dense.Dot(q[j], rest);
                projection[j] += share;
                Dense.AddScaled(-share, q[j], rest);
            }
        }

        return new ModeratorBasis(q, triangle, projection, rest);
    }

    /// <summary>The sums of the weighted regression with w = 1/(v + τ²).</summary>
    public PooledMoments MomentsAt(double tau2, ReadOnlySpan<double> variances)
    {
        var (p, k) = (Columns, rest.Length);
        double[] row = new double[p], coefficients = new double[p], information = new double[p * p], squared = new double[p * p];
        double sumWeights = 0, sumSquaredWeights = 0, logVariance = 0;
        for (var i = 0; i < k; i++)
        {
            var weight = 1 / (variances[i] + tau2);
            sumWeights += weight;
            sumSquaredWeights += weight * weight;
            logVariance += Math.Log(variances[i] + tau2);
            Row(i, row);
            Dense.RankOneUpdateLower(weight, row, information);
            Dense.RankOneUpdateLower(weight * weight, row, squared);
            Dense.AddScaled(weight * rest[i], row, coefficients);
        }

        Dense.MirrorLower(squared, p);
        Cholesky.TryFactor(information, p, out _, Cholesky.Definite);
        Cholesky.Solve(information, p, coefficients);
        var logInformation = Cholesky.LogDeterminant(information, p);
        Cholesky.SolveRows(information, p, squared);
        var trace = 0.0;
        for (var j = 0; j < p; j++)
        {
            trace += squared[(j * p) + j];
        }

        double q = 0, slope = 0;
        for (var i = 0; i < k; i++)
        {
            Row(i, row);
            var weight = 1 / (variances[i] + tau2);
            var residual = rest[i] - Dense.Dot(row, coefficients);
            var contribution = weight * residual * residual;
            q += contribution;
            slope -= weight * contribution;
        }

        return PooledMoments.OfRegression((sumWeights, sumSquaredWeights), (trace, logInformation), (q, slope), logVariance);
    }

    /// <summary>Σ(y − ŷ)² of unweighted least squares, and Σv(1 − h).</summary>
    public (double Squares, double Sampling) Unweighted(ReadOnlySpan<double> variances)
    {
        var row = new double[Columns];
        var sampling = 0.0;
        for (var i = 0; i < rest.Length; i++)
        {
            Row(i, row);
            sampling += variances[i] * (1 - Dense.Dot(row, row));
        }

        return (Dense.Dot(rest, rest), sampling);
    }

    /// <summary>A row of Q.</summary>
    public void Row(int study, Span<double> row)
    {
        for (var j = 0; j < row.Length; j++)
        {
            row[j] = columns[j][study];
        }
    }

    /// <summary>β = R⁻¹(g + Qᵀy) from the coefficients g of y* on Q, in scaled units.</summary>
    public double[] Coefficients(ReadOnlySpan<double> ofRest)
    {
        var beta = new double[Columns];
        for (var j = 0; j < beta.Length; j++)
        {
            beta[j] = ofRest[j] + projection[j];
        }

        SolveUpper(beta);
        return beta;
    }

    /// <summary>R⁻ᵀx: a contrast of β as one of the coefficients on Q.</summary>
    public double[] Contrast(ReadOnlySpan<double> x)
    {
        var (p, c) = (Columns, x.ToArray());
        for (var i = 0; i < p; i++)
        {
            for (var j = 0; j < i; j++)
            {
                c[i] -= triangle[(j * p) + i] * c[j];
            }

            c[i] /= triangle[(i * p) + i];
        }

        return c;
    }

    /// <summary>R⁻¹MR⁻ᵀ: a covariance of the coefficients on Q as one of β, scaled units.</summary>
    public double[] Covariance(ReadOnlySpan<double> matrix)
    {
        var p = Columns;
        var result = new double[p * p];
        double[][] contrasts = [.. Enumerable.Range(0, p).Select(i =>
        {
            var unit = new double[p];
            unit[i] = 1;
            return Contrast(unit);
        })];
        for (var i = 0; i < p; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                result[(i * p) + j] = result[(j * p) + i] = Dense.BilinearForm(matrix, contrasts[i], contrasts[j]);
            }
        }

        return result;
    }

    private void SolveUpper(Span<double> vector)
    {
        var p = Columns;
        for (var i = p - 1; i >= 0; i--)
        {
            for (var j = i + 1; j < p; j++)
            {
                vector[i] -= triangle[(i * p) + j] * vector[j];
            }

            vector[i] /= triangle[(i * p) + i];
        }
    }
}
