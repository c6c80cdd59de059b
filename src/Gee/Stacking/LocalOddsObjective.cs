using MarginalConditional.Statistics.Optimization;

namespace MarginalConditional.Gee.Stacking;

/// <summary>The log-linear likelihood of tables with free margins and one association, with the sign turned, to be minimized.</summary>
/// <remarks>
/// log m_xy = row_x + column_y + A_xy, with A = φxy, or A = ±ν_x ν_y with scores (Goodman 1979). Given A the margins are those of the
/// counts, so m is fitted by proportions, and the derivative by A_xy is n_xy − m_xy.
/// </remarks>
internal sealed class LocalOddsObjective : IObjective
{
    private readonly IReadOnlyList<double[]> tables;
    private readonly int[] free;
    private readonly int categories;
    private readonly double sign;
    private readonly double largest;
    private readonly double[] scores;
    private readonly double[] residual;
    private readonly double[] association;

    /// <summary>With scores of the categories, or with equal distances.</summary>
    /// <param name="tables">Counts, K×K by rows each.</param>
    /// <param name="categories">K.</param>
    /// <param name="free">The categories whose score is free: those before the first have score 0, others that of the one before. Empty
    /// for equal distances.</param>
    /// <param name="largest">The log local odds ratio beyond which there is no estimate.</param>
    /// <param name="sign">Of the association, with scores.</param>
    public LocalOddsObjective(IReadOnlyList<double[]> tables, int categories, int[] free, double largest, double sign = 1)
    {
        this.largest = largest;
        this.tables = tables;
        this.free = free;
        this.categories = categories;
        this.sign = sign;
        scores = new double[categories];
        residual = new double[categories * categories];
        association = new double[categories * categories];
    }

    /// <inheritdoc/>
    public int Parameters => Math.Max(1, free.Length);

    /// <summary>exp A at some arguments, K×K by rows.</summary>
    public double[] Association(ReadOnlySpan<double> theta)
    {
        Fill(theta);
        return [.. association];
    }

    /// <inheritdoc/>
    public double Evaluate(ReadOnlySpan<double> theta, Span<double> gradient)
    {
        Fill(theta);
        if (IsBeyond())
        {
            return double.PositiveInfinity;
        }

        var k = categories;
        var (value, fitted) = (0.0, new double[k * k]);
        Array.Clear(residual);
        foreach (var table in tables)
        {
            var (rows, columns) = (new double[k], new double[k]);
            for (var cell = 0; cell < table.Length; cell++)
            {
                rows[cell / k] += table[cell];
                columns[cell % k] += table[cell];
            }

            ProportionalFitting.Fit(association, rows, columns, fitted);
            for (var cell = 0; cell < table.Length; cell++)
            {
                value -= table[cell] > 0 ? table[cell] * Math.Log(fitted[cell]) : 0;
                residual[cell] += table[cell] - fitted[cell];
            }
        }

        gradient.Clear();
        for (var x = 0; x < k; x++)
        {
            for (var y = 0; y < k; y++)
            {
                if (free.Length == 0)
                {
                    gradient[0] -= residual[(x * k) + y] * Distance(x) * Distance(y);
                }
                else
                {
                    AddTo(gradient, x, sign * residual[(x * k) + y] * scores[y]);
                    AddTo(gradient, y, sign * residual[(x * k) + y] * scores[x]);
                }
            }
        }

        return value;
    }

    private void AddTo(Span<double> gradient, int category, double slope)
    {
        if (ArgumentOf(category) is >= 0 and var place)
        {
            gradient[place] -= slope;
        }
    }

    /// <summary>Whether the odds ratio of some neighbouring categories is on its way to 0 or infinity.</summary>
    private bool IsBeyond()
    {
        for (var x = 0; x + 1 < categories; x++)
        {
            for (var y = 0; y + 1 < categories; y++)
            {
                var cell = (x * categories) + y;
                var ratio = association[cell] * association[cell + categories + 1]
                    / (association[cell + 1] * association[cell + categories]);
                if (!(Math.Abs(Math.Log(ratio)) < largest))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>The argument that is a category's score; −1 for the score 0.</summary>
    private int ArgumentOf(int category)
    {
        var place = free.Length - 1;
        while (place >= 0 && free[place] > category)
        {
            place--;
        }

        return place;
    }

    private void Fill(ReadOnlySpan<double> theta)
    {
        for (var x = 0; x < categories; x++)
        {
            scores[x] = free.Length > 0 && ArgumentOf(x) is >= 0 and var place ? theta[place] : 0;
        }

        for (var cell = 0; cell < association.Length; cell++)
        {
            var (x, y) = (cell / categories, cell % categories);
            association[cell] = Math.Exp(free.Length == 0 ? theta[0] * Distance(x) * Distance(y) : sign * scores[x] * scores[y]);
        }
    }

    /// <summary>A category's place from the middle: the same odds ratios as from any other origin, and less large numbers.</summary>
    private double Distance(int category) => category - (0.5 * (categories - 1));
}
