using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Lmm.Inference;

/// <summary>What Kenward and Roger's formulas need of V⁻¹ on some columns U, and of the derivatives V_k of V.</summary>
internal sealed class VarianceMoments
{
    /// <summary>Allocates zeros.</summary>
    /// <param name="width">d, the number of columns.</param>
    /// <param name="parameters">The number of derivatives.</param>
    public VarianceMoments(int width, int parameters)
    {
        Width = width;
        Parameters = parameters;
        Plain = new double[width * width];
        First = new double[parameters][];
        Second = new double[parameters][][];
        Traces = new double[parameters * parameters];
        for (var k = 0; k < parameters; k++)
        {
            First[k] = new double[width * width];
            Second[k] = new double[k + 1][];
            for (var l = 0; l <= k; l++)
            {
                Second[k][l] = new double[width * width];
            }
        }
    }

    /// <summary>d.</summary>
    public int Width { get; }

    /// <summary>The number of derivatives.</summary>
    public int Parameters { get; }

    /// <summary>UᵀV⁻¹U, full.</summary>
    public double[] Plain { get; }

    /// <summary>UᵀV⁻¹V_kV⁻¹U, full.</summary>
    public double[][] First { get; }

    /// <summary>UᵀV⁻¹V_kV⁻¹V_lV⁻¹U for l ≤ k.</summary>
    public double[][][] Second { get; }

    /// <summary>tr V⁻¹V_kV⁻¹V_l in [k, l] for l ≤ k.</summary>
    public double[] Traces { get; }

    /// <summary>Sets everything to zero.</summary>
    public void Clear()
    {
        Array.Clear(Plain);
        Array.Clear(Traces);
        for (var k = 0; k < Parameters; k++)
        {
            Array.Clear(First[k]);
            foreach (var matrix in Second[k])
            {
                Array.Clear(matrix);
            }
        }
    }

    /// <summary>Adds the rows of independent residuals: V = σ²I, whose derivative by σ² is the last parameter unless σ² is known.</summary>
    /// <param name="rows">Rows of U, one after another, each followed by one number that is not read.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="scale">σ².</param>
    /// <param name="known">Whether σ² is known.</param>
    public void AddRows(ReadOnlySpan<double> rows, int count, double scale, bool known)
    {
        for (var row = 0; row < count; row++)
        {
            var u = rows.Slice(row * (Width + 1), Width);
            for (var i = 0; i < Width; i++)
            {
                Dense.AddScaled(u[i] / scale, u, Plain.AsSpan(i * Width, Width));
            }
        }

        if (!known)
        {
            var last = Parameters - 1;
            Array.Clear(First[last]);
            Array.Clear(Second[last][last]);
            Dense.AddScaled(1 / scale, Plain, First[last]);
            Dense.AddScaled(1 / scale / scale, Plain, Second[last][last]);
            Traces[(last * Parameters) + last] += count / scale / scale;
        }
    }
}
