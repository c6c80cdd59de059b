using MarginalConditional.Lmm.Residual;
using MathNet.Numerics.LinearAlgebra;

namespace MarginalConditional.Lmm.Tests.Residual;

/// <summary>What every residual shape has to obey, checked by differences and dense factors.</summary>
internal static class ShapeTwin
{
    public static readonly double[] Times = [0, 1, 2.5, 3, 5];

    /// <summary>Working parameters off the start.</summary>
    public static double[] Parameters(ResidualShape shape, ulong seed)
    {
        var numbers = new Numbers(seed);
        return [.. Enumerable.Range(0, shape.Count(Times.Length)).Select(_ => 0.4 * numbers.Normal())];
    }

    public static double[] Matrix(ResidualShape shape, double[] parameters)
    {
        var matrix = new double[Times.Length * Times.Length];
        shape.Evaluate(parameters, Times, matrix, new double[parameters.Length * matrix.Length]);
        return matrix;
    }

    /// <summary>C is positive definite with C₁₁ = 1 for any working parameters.</summary>
    public static void AssertDefinite(ResidualShape shape)
    {
        for (ulong seed = 1; seed <= 5; seed++)
        {
            var matrix = Dense(Matrix(shape, Parameters(shape, seed)));
            Assert.True(matrix.IsSymmetric());
            Assert.Equal(1, matrix[0, 0], 1e-12);
            Assert.True(matrix.Evd(Symmetricity.Symmetric).EigenValues.Enumerate().Min(value => value.Real) > 0);
        }
    }

    public static void AssertDerivatives(ResidualShape shape)
    {
        var parameters = Parameters(shape, 7);
        var (matrix, derivatives) = (new double[25], new double[parameters.Length * 25]);
        shape.Evaluate(parameters, Times, matrix, derivatives);
        for (var k = 0; k < parameters.Length; k++)
        {
            const double Step = 1e-5;
            var (up, down) = ((double[])parameters.Clone(), (double[])parameters.Clone());
            up[k] += Step;
            down[k] -= Step;
            Relative.Equal(
                [.. Matrix(shape, up).Zip(Matrix(shape, down), (high, low) => (high - low) / (2 * Step))],
                derivatives.AsSpan(k * 25, 25),
                1e-8);
        }
    }

    /// <summary>Natural parameters give the same matrix, times the scale; they are as many as their names.</summary>
    public static void AssertNatural(ResidualShape shape)
    {
        const double Scale = 2.3;
        var parameters = Parameters(shape, 8);
        var natural = shape.ToNatural(parameters, Times.Length, Scale);
        var covariance = new double[25];
        shape.Fill(natural, Times, covariance);
        Relative.Equal([.. Matrix(shape, parameters).Select(value => Scale * value)], covariance, 1e-12);
        Assert.Equal(shape.Names(Times.Length).Count, natural.Length);
        Assert.Equal(parameters.Length + 1, natural.Length);
    }

    /// <summary>Each correlation is held at a value whatever the other parameters, with the slopes of the one that holds it.</summary>
    public static void AssertHeld(ResidualShape original, double value)
    {
        for (var index = 0; index < original.CorrelationNames(Times.Length).Count; index++)
        {
            var shape = original.ForCorrelation(index, Times.Length);
            var parameters = Parameters(shape, 9);
            var (own, slopes) = (shape.HeldParameter(index, Times.Length), new double[parameters.Length]);
            Assert.True(shape.TryHold(index, value, Times.Length, parameters, slopes));
            Assert.Equal(value, shape.Correlations(parameters, Times.Length)[index], 1e-12);
            for (var k = 0; k < parameters.Length; k++)
            {
                if (k != own)
                {
                    Relative.Equal((Moved(
                        shape,
                        parameters,
                        index,
                        k,
                        1e-6,
                        value)[own] - Moved(shape, parameters, index, k, -1e-6, value)[own]) / 2e-6, slopes[k], 1e-6);
                }
            }
        }
    }

    private static double[] Moved(ResidualShape shape, double[] parameters, int index, int k, double by, double value)
    {
        var moved = (double[])parameters.Clone();
        moved[k] += by;
        shape.TryHold(index, value, Times.Length, moved, new double[moved.Length]);
        return moved;
    }

    public static Matrix<double> Dense(double[] matrix) => Matrix<double>.Build.DenseOfRowMajor(Times.Length, Times.Length, matrix);
}
