using MathNet.Numerics.LinearAlgebra;

namespace MarginalConditional.Lmm.Tests.Hierarchy;

/// <summary>
/// The slow twin of the level kernels: random moments of [z, r] and a factor, the elimination by inverses, its derivatives by differences.
/// </summary>
internal sealed class DenseElimination
{
    private readonly int q;
    private readonly int r;
    private readonly Matrix<double> moments;
    private readonly Matrix<double> lambda;
    private readonly Matrix<double> adjoint;

    public DenseElimination(int q, int r, ulong seed)
    {
        var numbers = new Numbers(seed);
        (this.q, this.r) = (q, r);
        var rows = Matrix<double>.Build.Dense(q + r + 2, q + r, (_, _) => numbers.Normal());
        moments = rows.Transpose() * rows;
        lambda = Matrix<double>.Build.Dense(q, q, (i, j) => i >= j ? numbers.Normal() : 0);
        var square = Matrix<double>.Build.Dense(r, r, (_, _) => numbers.Normal());
        adjoint = square + square.Transpose();
    }

    /// <summary>The lower triangle of the moments; what is above must not be read.</summary>
    public double[] Moments => Rows(Matrix<double>.Build.Dense(q + r, q + r, (i, j) => i >= j ? moments[i, j] : double.NaN));

    /// <summary>The first q columns of their Cholesky factor.</summary>
    public double[] Columns
    {
        get
        {
            var factor = moments.Cholesky().Factor;
            return Rows(Matrix<double>.Build.Dense(q + r, q, (i, j) => i >= j ? factor[i, j] : double.NaN));
        }
    }

    /// <summary>What z does not explain of the moments of r, S_rr − S_rz S_zz⁻¹ S_zr, lower triangle.</summary>
    public double[] Unexplained
    {
        get
        {
            var (zz, rz) = (moments.SubMatrix(0, q, 0, q), moments.SubMatrix(q, r, 0, q));
            var left = moments.SubMatrix(q, r, q, r) - (rz * zz.Inverse() * rz.Transpose());
            return Rows(Matrix<double>.Build.Dense(r, r, (i, j) => i >= j ? left[i, j] : 0));
        }
    }

    public double[] Lambda => Rows(lambda);

    public double[] Adjoint => Rows(adjoint);

    /// <summary>H = (Ψ⁻¹ + S_zz)⁻¹.</summary>
    public double[] Inner => Rows(H(lambda * lambda.Transpose(), moments));

    /// <summary>T = S_rz H.</summary>
    public double[] Gain => Rows(moments.SubMatrix(q, r, 0, q) * H(lambda * lambda.Transpose(), moments));

    public double LogDeterminant =>
        (Matrix<double>.Build.DenseIdentity(q) + (lambda.Transpose() * moments.SubMatrix(0, q, 0, q) * lambda)).Cholesky().DeterminantLn;

    /// <summary>What the elimination leaves of the other columns, lower triangle.</summary>
    public double[] Reduced
    {
        get
        {
            var reduced = Reduce(lambda * lambda.Transpose(), moments);
            return Rows(Matrix<double>.Build.Dense(r, r, (i, j) => i >= j ? reduced[i, j] : 0));
        }
    }

    /// <summary>The derivative of log|I + ΨS_zz| + Σ ĀS' by Ψ.</summary>
    public double[] DerivativeByCovariance => Rows(Differences(lambda * lambda.Transpose(), q, psi => Value(psi, moments)));

    /// <summary>The derivative of the same by S.</summary>
    public double[] DerivativeByMoments => Rows(Differences(moments, q + r, s => Value(lambda * lambda.Transpose(), s)));

    private double Value(Matrix<double> psi, Matrix<double> s) =>
        Math.Log((Matrix<double>.Build.DenseIdentity(q) + (psi * s.SubMatrix(0, q, 0, q))).Determinant()) + adjoint
            .PointwiseMultiply(Reduce(psi, s))
            .RowSums()
            .Sum();

    private Matrix<double> H(Matrix<double> psi, Matrix<double> s) =>
        (Matrix<double>.Build.DenseIdentity(q) + (psi * s.SubMatrix(0, q, 0, q))).Inverse() * psi;

    private Matrix<double> Reduce(Matrix<double> psi, Matrix<double> s) =>
        s.SubMatrix(q, r, q, r) - (s.SubMatrix(q, r, 0, q) * H(psi, s) * s.SubMatrix(0, q, q, r));

    private static Matrix<double> Differences(Matrix<double> at, int n, Func<Matrix<double>, double> value) =>
        Matrix<double>.Build.Dense(n, n, (i, j) =>
        {
            const double Step = 1e-5;
            double Shifted(double step)
            {
                var moved = at.Clone();
                moved[i, j] += step / 2;
                moved[j, i] += step / 2;
                return value(moved);
            }

            return (Shifted(Step) - Shifted(-Step)) / (2 * Step);
        });

    private static double[] Rows(Matrix<double> matrix) => matrix.ToRowMajorArray();
}
