using MarginalConditional.Data.Tables;

namespace MarginalConditional.Compare.Simulation.Summaries;

/// <summary>Sorts rows into scenarios and methods.</summary>
internal sealed class CellRows
{
    /// <summary>What a missing field is called.</summary>
    private const string Missing = "(missing)";

    private CellRows(IReadOnlyList<Cell> cells, IReadOnlyList<string> methods)
    {
        Cells = cells;
        Methods = methods;
    }

    /// <summary>The cells that have rows, by scenarios in nested order, the last factor varying fastest, and by methods.</summary>
    public IReadOnlyList<Cell> Cells { get; }

    /// <summary>The methods in the order in which they come in the file; one without a name where there is no column.</summary>
    public IReadOnlyList<string> Methods { get; }

    /// <summary>Sorts the rows.</summary>
    public static CellRows Of(EstimateRows rows)
    {
        Axis[] factors = [.. rows.Factors.Select(column => new Axis(column, ordersNumbers: true))];
        var method = rows.Method is null ? null : new Axis(rows.Method, ordersNumbers: false);
        var found = new Dictionary<(long Scenario, int Method), List<int>>();
        for (var row = 0; row < rows.Count; row++)
        {
            var scenario = factors.Aggregate(0L, (place, axis) => (place * axis.Levels.Count) + axis.PlaceOf(row));
            var key = (scenario, method?.PlaceOf(row) ?? 0);
            if (!found.TryGetValue(key, out var list))
            {
                found.Add(key, list = []);
            }

            list.Add(row);
        }

        long[] scenarios = [.. found.Keys.Select(key => key.Scenario).Distinct().Order()];
        return new CellRows(
            [
                .. found.OrderBy(pair => pair.Key).Select(pair => new Cell(
                    Array.BinarySearch(scenarios, pair.Key.Scenario),
                    [.. factors.Select(axis => axis.Levels[axis.PlaceOf(pair.Value[0])])],
                    pair.Key.Method,
                    pair.Value)),
            ],
            method?.Levels ?? [string.Empty]);
    }

    /// <summary>Rows of one scenario and method.</summary>
    /// <param name="Scenario">The scenario's place, from 0.</param>
    /// <param name="Levels">The levels of the factors.</param>
    /// <param name="Method">The method's place.</param>
    /// <param name="Rows">The rows, from 0.</param>
    internal sealed record Cell(int Scenario, IReadOnlyList<string> Levels, int Method, IReadOnlyList<int> Rows);

    /// <summary>The levels of a column in the order shown: as they come, or by size where all are numbers.</summary>
    private sealed class Axis
    {
        private readonly FactorColumn column;
        private readonly int[] places;
        private readonly int missingPlace;

        public Axis(FactorColumn column, bool ordersNumbers)
        {
            this.column = column;
            var seen = new List<int>();
            var isSeen = new bool[column.Levels.Count + 1];
            foreach (var code in column.Codes)
            {
                if (!isSeen[code + 1])
                {
                    isSeen[code + 1] = true;
                    seen.Add(code);
                }
            }

            if (ordersNumbers && seen.TrueForAll(code => code < 0 || double.TryParse(
                column.Levels[code], System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out _)))
            {
                seen = [.. seen.OrderBy(code => code < 0 ? double.PositiveInfinity : double.Parse(
                    column.Levels[code], System.Globalization.CultureInfo.InvariantCulture))];
            }

            places = new int[column.Levels.Count];
            for (var place = 0; place < seen.Count; place++)
            {
                if (seen[place] < 0)
                {
                    missingPlace = place;
                }
                else
                {
                    places[seen[place]] = place;
                }
            }

            Levels = [.. seen.Select(code => code < 0 ? Missing : column.Levels[code])];
        }

        public IReadOnlyList<string> Levels { get; }

        public int PlaceOf(int row) => column.Codes[row] < 0 ? missingPlace : places[column.Codes[row]];
    }
}
