using System.Text;

namespace MarginalConditional.Data.Tables;

/// <summary>The fields that mean missing: the empty one, <c>NA</c>, <c>NaN</c>, and what the user adds.</summary>
internal sealed class MissingTokens
{
    private readonly byte[][] tokens;

    internal MissingTokens(IEnumerable<string> extra, byte point)
    {
        tokens = [.. extra
            .Append("NA")
            .Append("NaN")
            .Select(token => Encoding.UTF8.GetBytes(token.Trim()))
            .Where(token => token.Length > 0)];
        HasNumbers = tokens.Any(token => NumberParser.TryParse(token, point, out _));
    }

    /// <summary>Whether a token is itself a number, such as −9.</summary>
    internal bool HasNumbers { get; }

    /// <summary>Whether a field, without blanks around it, means missing.</summary>
    internal bool Contains(ReadOnlySpan<byte> field)
    {
        if (field.Length == 0)
        {
            return true;
        }

        foreach (var token in tokens)
        {
            if (field.SequenceEqual(token))
            {
                return true;
            }
        }

        return false;
    }
}
