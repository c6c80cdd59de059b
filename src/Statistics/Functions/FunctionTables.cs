namespace MarginalConditional.Statistics.Functions;

/// <summary>A <see cref="FunctionTable"/> for each value of a second number, which many arguments share.</summary>
public sealed class FunctionTables
{
    private readonly FunctionsAt functions;
    private readonly Dictionary<double, FunctionTable> tables;

    private FunctionTables(FunctionsAt functions, Dictionary<double, FunctionTable> tables)
    {
        this.functions = functions;
        this.tables = tables;
    }

    /// <summary>All functions at one pair.</summary>
    /// <param name="argument">The argument, finite.</param>
    /// <param name="parameter">The second number.</param>
    /// <param name="values">Receives a number a function.</param>
    public delegate void FunctionsAt(double argument, double parameter, Span<double> values);

    /// <summary>Computes the functions wherever many arguments of one parameter need them.</summary>
    /// <param name="count">The number of functions.</param>
    /// <param name="arguments">Where they will be asked for, n values.</param>
    /// <param name="parameters">The second number of each, n values.</param>
    /// <param name="functions">The functions.</param>
    public static FunctionTables For(int count, ReadOnlySpan<double> arguments, ReadOnlySpan<double> parameters, FunctionsAt functions)
    {
        ArgumentNullException.ThrowIfNull(functions);
        if (parameters.Length > 0 && parameters.IndexOfAnyExcept(parameters[0]) < 0)
        {
            var only = parameters[0];
            return new FunctionTables(functions, new Dictionary<double, FunctionTable>
            {
                [only] = FunctionTable.For(count, arguments, (argument, values) => functions(argument, only, values)),
            });
        }

        var members = new Dictionary<double, List<double>>();
        for (var i = 0; i < arguments.Length; i++)
        {
            if (!members.TryGetValue(parameters[i], out var own))
            {
                members.Add(parameters[i], own = []);
            }

            own.Add(arguments[i]);
        }

        // A parameter that one row has alone needs no table.
        return new FunctionTables(functions, members
            .Where(group => group.Value.Count > 1)
            .ToDictionary(
                group => group.Key,
                group => FunctionTable.For(
                    count, [.. group.Value], (argument, values) => functions(argument, group.Key, values))));
    }

    /// <summary>The functions at a pair.</summary>
    /// <param name="argument">The argument.</param>
    /// <param name="parameter">The second number.</param>
    /// <param name="values">Receives a number a function.</param>
    public void At(double argument, double parameter, Span<double> values)
    {
        if (tables.TryGetValue(parameter, out var table))
        {
            table.At(argument, values);
            return;
        }

        functions(argument, parameter, values);
    }
}
