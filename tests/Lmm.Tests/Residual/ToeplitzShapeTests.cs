using MarginalConditional.Lmm.Residual;
using MathNet.Numerics.LinearAlgebra;

namespace MarginalConditional.Lmm.Tests.Residual;

public sealed class ToeplitzShapeTests
{
    private const int Waves = 6;
    private static readonly double[] Parameters = [0.8, -0.5, 0.3, 0.9, -1.2];

    /// <summary>A partial autocorrelation is the correlation of the ends of a stretch given what lies between them.</summary>
    [Fact]
    public void Parameters_are_partial_autocorrelations_of_the_matrix()
    {
        var (matrix, shape) = (new double[Waves * Waves], new ToeplitzShape());
        shape.Evaluate(Parameters, new double[Waves], matrix, new double[Parameters.Length * matrix.Length]);
        var correlation = Matrix<double>.Build.DenseOfRowMajor(Waves, Waves, matrix);
        for (var lag = 1; lag < Waves; lag++)
        {
            var precision = correlation.SubMatrix(0, lag + 1, 0, lag + 1).Inverse();
            Relative.Equal(Math.Tanh(Parameters[lag - 1]), -precision[0, lag] / Math.Sqrt(precision[0, 0] * precision[lag, lag]), 1e-10);
        }
    }

    [Fact]
    public void Derivatives_match_differences()
    {
        var (shape, derivatives) = (new ToeplitzShape(), new double[Parameters.Length * Waves * Waves]);
        shape.Evaluate(Parameters, new double[Waves], new double[Waves * Waves], derivatives);
        for (var k = 0; k < Parameters.Length; k++)
        {
            double[] Correlations(double by)
            {
                var (moved, natural) = ((double[])Parameters.Clone(), new double[Waves - 1]);
                moved[k] += by;
                shape.ToNatural(moved, Waves, natural);
                return natural;
            }

            var (up, down) = (Correlations(1e-6), Correlations(-1e-6));
            for (var lag = 1; lag < Waves; lag++)
            {
                Relative.Equal((up[lag - 1] - down[lag - 1]) / 2e-6, derivatives[(k * Waves * Waves) + lag], 1e-8);
            }
        }
    }

    [Fact]
    public void A_correlation_that_the_others_exclude_is_not_held()
    {
        double[] parameters = [2, 0, 0, 0, 0];
        Assert.False(new ToeplitzShape().TryHold(1, -0.9, Waves, parameters, new double[5]));
    }
}
