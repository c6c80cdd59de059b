using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Lmm.Residual;

/// <summary>
/// The residual covariance under current parameters: moments of whitened rows, and the way back from their derivatives to the parameters.
/// </summary>
/// <remarks>One likelihood owns it: its state is that of the last <see cref="Update"/>.</remarks>
internal sealed partial class ResidualFactors
{
    private readonly double[] tables;
    private readonly double[] derivatives;
    private readonly double[] current;
    private readonly double[][] inverses;
    private readonly double[] matrix;

    /// <summary>Allocates for a model.</summary>
    public ResidualFactors(ResidualModel model)
    {
        Model = model;
        var size = model.Shape.UsesTimes ? 0 : model.Layout.Groups * model.Layout.Waves * model.Layout.Waves;
        tables = new double[size];
        derivatives = new double[size * model.PerGroup];
        current = new double[model.Parameters];
        inverses = [.. model.Layout.Patterns.Select(pattern => new double[pattern.Size * pattern.Size])];
        matrix = new double[model.MaximumBlock * model.MaximumBlock];
    }

    /// <summary>What does not depend on parameters.</summary>
    public ResidualModel Model { get; }

    private ResidualShape Shape => Model.Shape;

    private ResidualLayout Layout => Model.Layout;

    private int PerGroup => Model.PerGroup;

    private int Width => Model.Width;

    /// <summary>L⁻¹ of a pattern's C = LLᵀ, lower triangular.</summary>
    public ReadOnlySpan<double> InverseFactor(int pattern) => inverses[pattern];

    /// <summary>Recomputes C and its factors.</summary>
    /// <param name="theta">The parameters.</param>
    /// <returns>Σ log|C| over subjects; NaN when some C is not positive definite.</returns>
    public double Update(ReadOnlySpan<double> theta)
    {
        theta.CopyTo(current);
        var m = Layout.Waves;
        if (!Shape.UsesTimes)
        {
            for (var group = 0; group < Layout.Groups; group++)
            {
                var size = PerGroup * m * m;
                Shape.Evaluate(Model.Own(group, theta), Layout.Times, Table(group), derivatives.AsSpan(group * size, size));
            }
        }

        var logDeterminant = 0.0;
        for (var index = 0; index < inverses.Length; index++)
        {
            var pattern = Layout.Patterns[index];
            FillPattern(pattern, matrix);
            if (!Cholesky.TryFactor(matrix, pattern.Size, out _, Cholesky.Definite))
            {
                return double.NaN;
            }

            logDeterminant += pattern.Subjects * Cholesky.LogDeterminant(matrix, pattern.Size);
            Cholesky.InvertFactor(matrix, pattern.Size, inverses[index]);
        }

        return logDeterminant;
    }

    private ReadOnlySpan<double> Own(int group) => Model.Own(group, current);

    private Span<double> Table(int group) => tables.AsSpan(group * Layout.Waves * Layout.Waves, Layout.Waves * Layout.Waves);
}
