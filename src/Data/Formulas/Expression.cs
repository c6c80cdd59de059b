namespace MarginalConditional.Data.Formulas;

/// <summary>A piece of a formula as R's parser sees it: a number, a name, a call, or operands joined by an operator.</summary>
/// <remarks>
/// Whether an operator means arithmetic or model terms depends on where it stands; that is decided when the formula is expanded.
/// </remarks>
public abstract partial class Expression
{
    private Expression()
    {
    }

    /// <summary>The columns named anywhere inside, in reading order, each once.</summary>
    public IReadOnlyList<string> Variables
    {
        get
        {
            var found = new List<string>();
            Collect(found);
            return found;
        }
    }

    /// <summary>The columns that have to hold numbers: all but those whose levels are compared with a text.</summary>
    internal IEnumerable<string> NumericVariables => this switch
    {
        Binary { ComparesText: true } => [],
        Binary binary => binary.Left.NumericVariables.Concat(binary.Right.NumericVariables),
        Parenthesis parenthesis => parenthesis.Inner.NumericVariables,
        Signed signed => signed.Operand.NumericVariables,
        Call call when !CallArguments.AreOf(call.Function) => call.Arguments.SelectMany(argument => argument.NumericVariables),
        _ => Variables,
    };

    /// <summary>The text with R's spacing; equal texts are equal expressions.</summary>
    public abstract override string ToString();

    private protected abstract void Collect(List<string> variables);
}
