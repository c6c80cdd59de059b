using MarginalConditional.Data.Coding;

namespace MarginalConditional.Glmm.Ordinal;

/// <summary>
/// Where the fixed parameters of a cumulative model stand: the J thresholds, the coefficients β that all thresholds share, and those of
/// the columns that have one a threshold, γ, column by column. The point of threshold k is θ_k − xβ − wγ_k − offset. Immutable.
/// </summary>
public sealed class OrdinalLayout
{
    private readonly int[] shared;
    private readonly int[] nominal;

    /// <summary>Describes a model.</summary>
    /// <param name="design">The design; the thresholds take the place of its intercept.</param>
    /// <param name="categories">The categories, lowest first, two or more.</param>
    /// <param name="nominalColumns">The columns of the design with a coefficient a threshold, ascending.</param>
    public OrdinalLayout(DesignMatrix design, IReadOnlyList<string> categories, IReadOnlyCollection<int> nominalColumns)
    {
        ArgumentNullException.ThrowIfNull(design);
        ArgumentNullException.ThrowIfNull(categories);
        ArgumentNullException.ThrowIfNull(nominalColumns);
        Thresholds = categories.Count - 1;
        nominal = [.. nominalColumns];
        shared = [.. Enumerable.Range(0, design.Columns).Where(column => column != design.Intercept && !nominalColumns.Contains(column))];
        string[] thresholds = [.. Enumerable.Range(0, Thresholds).Select(k => $"{categories[k]}|{categories[k + 1]}")];
        Names =
        [
            .. thresholds,
            .. shared.Select(column => design.Names[column]),
            .. nominal.SelectMany(column => thresholds.Select(threshold => $"{design.Names[column]}@{threshold}")),
        ];
        Terms =
        [
            .. thresholds.Select(_ => string.Empty),
            .. shared.Select(column => design.Terms[column]),
            .. nominal.SelectMany(column => thresholds.Select(_ => design.Terms[column])),
        ];
    }

    /// <summary>J, the number of thresholds, one fewer than the categories.</summary>
    public int Thresholds { get; }

    /// <summary>The number of fixed parameters.</summary>
    public int Count => Names.Count;

    /// <summary>The names of the fixed parameters: <c>1|2</c>, …, the columns', and such as <c>contactyes@1|2</c>.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The term of each fixed parameter; empty for a threshold.</summary>
    public IReadOnlyList<string> Terms { get; }

    /// <summary>The columns of the design whose coefficient all thresholds share, ascending.</summary>
    public ReadOnlySpan<int> Shared => shared;

    /// <summary>The columns of the design that have a coefficient a threshold, ascending.</summary>
    public ReadOnlySpan<int> Nominal => nominal;

    /// <summary>The place of a nominal column's coefficient among the fixed parameters.</summary>
    /// <param name="position">The column's position in <see cref="Nominal"/>.</param>
    /// <param name="threshold">k, counted from 0.</param>
    public int NominalPlace(int position, int threshold) => Thresholds + shared.Length + (position * Thresholds) + threshold;

    /// <summary>θ_k − xβ − wγ_k, link scale, without offset.</summary>
    /// <param name="parameters">The fixed parameters, or more.</param>
    /// <param name="row">A row of the design, p values.</param>
    /// <param name="threshold">k, counted from 0.</param>
    public double Point(ReadOnlySpan<double> parameters, ReadOnlySpan<double> row, int threshold)
    {
        var point = parameters[threshold];
        for (var j = 0; j < shared.Length; j++)
        {
            point -= row[shared[j]] * parameters[Thresholds + j];
        }

        for (var c = 0; c < nominal.Length; c++)
        {
            point -= row[nominal[c]] * parameters[NominalPlace(c, threshold)];
        }

        return point;
    }

    /// <summary>Adds a multiple of the gradient of <see cref="Point"/> with respect to the fixed parameters.</summary>
    /// <param name="factor">What the gradient is multiplied by.</param>
    /// <param name="row">A row of the design, p values.</param>
    /// <param name="threshold">k, counted from 0.</param>
    /// <param name="gradient">Is added to; the fixed parameters, or more.</param>
    public void AddGradient(double factor, ReadOnlySpan<double> row, int threshold, Span<double> gradient)
    {
        gradient[threshold] += factor;
        for (var j = 0; j < shared.Length; j++)
        {
            gradient[Thresholds + j] -= factor * row[shared[j]];
        }

        for (var c = 0; c < nominal.Length; c++)
        {
            gradient[NominalPlace(c, threshold)] -= factor * row[nominal[c]];
        }
    }
}
