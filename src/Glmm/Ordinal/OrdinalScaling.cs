using MarginalConditional.Data.Coding;
using MarginalConditional.Glmm.Model;

namespace MarginalConditional.Glmm.Ordinal;

/// <summary>
/// The change of variables of a cumulative model's fixed part: covariates are centred and scaled as in <see cref="ColumnScaling"/>, and
/// the thresholds, which stand in the intercept's place, take up what centring takes away.
/// </summary>
internal sealed class OrdinalScaling : IFixedScaling
{
    private readonly ColumnScaling columns;
    private readonly OrdinalLayout layout;

    /// <summary>Measures the columns of a design with an intercept.</summary>
    public OrdinalScaling(DesignMatrix design, OrdinalLayout layout)
    {
        columns = new ColumnScaling(design);
        this.layout = layout;
    }

    /// <inheritdoc/>
    public int Columns => layout.Count;

    /// <summary>The scaled value of a covariate.</summary>
    public double Apply(int column, double value) => columns.Apply(column, value);

    /// <summary>1/τ² of a normal penalty on the scaled parameters; 0 for thresholds.</summary>
    /// <param name="scale">Its standard deviation for one standard deviation of a covariate.</param>
    public double[] Precisions(double scale)
    {
        var precisions = new double[Columns];
        for (var j = 0; j < layout.Shared.Length; j++)
        {
            precisions[layout.Thresholds + j] = Of(layout.Shared[j]);
        }

        for (var c = 0; c < layout.Nominal.Length; c++)
        {
            precisions.AsSpan(layout.NominalPlace(c, 0), layout.Thresholds).Fill(Of(layout.Nominal[c]));
        }

        return precisions;

        double Of(int column) => columns.Spread(column) * columns.Spread(column) / (scale * scale);
    }

    /// <inheritdoc/>
    public void ToData(ReadOnlySpan<double> scaled, Span<double> coefficients)
    {
        var thresholds = layout.Thresholds;
        scaled[..thresholds].CopyTo(coefficients);
        for (var j = 0; j < layout.Shared.Length; j++)
        {
            var column = layout.Shared[j];
            coefficients[thresholds + j] = scaled[thresholds + j] / columns.Scale(column);
            for (var k = 0; k < thresholds; k++)
            {
                coefficients[k] += columns.Center(column) * coefficients[thresholds + j];
            }
        }

        for (var c = 0; c < layout.Nominal.Length; c++)
        {
            var column = layout.Nominal[c];
            for (var k = 0; k < thresholds; k++)
            {
                var place = layout.NominalPlace(c, k);
                coefficients[place] = scaled[place] / columns.Scale(column);
                coefficients[k] += columns.Center(column) * coefficients[place];
            }
        }
    }

    /// <inheritdoc/>
    public void FromData(ReadOnlySpan<double> coefficients, Span<double> scaled)
    {
        var thresholds = layout.Thresholds;
        coefficients[..thresholds].CopyTo(scaled);
        for (var j = 0; j < layout.Shared.Length; j++)
        {
            var column = layout.Shared[j];
            scaled[thresholds + j] = coefficients[thresholds + j] * columns.Scale(column);
            for (var k = 0; k < thresholds; k++)
            {
                scaled[k] -= columns.Center(column) * coefficients[thresholds + j];
            }
        }

        for (var c = 0; c < layout.Nominal.Length; c++)
        {
            var column = layout.Nominal[c];
            for (var k = 0; k < thresholds; k++)
            {
                var place = layout.NominalPlace(c, k);
                scaled[place] = coefficients[place] * columns.Scale(column);
                scaled[k] -= columns.Center(column) * coefficients[place];
            }
        }
    }

    /// <inheritdoc/>
    public void FillJacobian(Span<double> jacobian, int order)
    {
        var thresholds = layout.Thresholds;
        for (var k = 0; k < thresholds; k++)
        {
            jacobian[k * (order + 1)] = 1;
        }

        for (var j = 0; j < layout.Shared.Length; j++)
        {
            var column = layout.Shared[j];
            jacobian[(thresholds + j) * (order + 1)] = columns.Scale(column);
            for (var k = 0; k < thresholds; k++)
            {
                jacobian[(k * order) + thresholds + j] = -columns.Center(column);
            }
        }

        for (var c = 0; c < layout.Nominal.Length; c++)
        {
            var column = layout.Nominal[c];
            for (var k = 0; k < thresholds; k++)
            {
                var place = layout.NominalPlace(c, k);
                jacobian[place * (order + 1)] = columns.Scale(column);
                jacobian[(k * order) + place] = -columns.Center(column);
            }
        }
    }
}
