using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Data;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Simulation.Commands;

/// <summary>Draws trials by asking a child for each.</summary>
/// <param name="source">What to ask, and what to make of the answer.</param>
internal sealed class CommandGenerator(CommandSource source) : IDataGenerator
{
    /// <summary>The replicates of each source that gave a data set, by a hash of its text; they live as long as the source.</summary>
    private static readonly ConditionalWeakTable<CommandSource, ConcurrentDictionary<Guid, int>> Seen = [];

    /// <summary>The data drawn last, as the child gave them.</summary>
    public string? Csv { get; private set; }

    /// <inheritdoc/>
    /// <exception cref="ChildException">The child gave no data.</exception>
    /// <exception cref="InputException">
    /// The data cannot be read, lack a column, or are those of another replicate to the byte: then the child seeds itself.
    /// </exception>
    public ModelFrame Draw(RandomStream stream, int replicate) => Read(Ask(stream, replicate), replicate);

    /// <summary>Draws without looking at the data, for methods that are commands themselves.</summary>
    /// <param name="stream">Where the child's seed comes from.</param>
    /// <param name="replicate">The replicate's number, from 0.</param>
    /// <returns>Reads the data, should anybody ask.</returns>
    /// <exception cref="ChildException">The child gave no data.</exception>
    /// <exception cref="InputException">The data are those of another replicate to the byte: then the child seeds itself.</exception>
    public Func<ModelFrame> DrawUnread(RandomStream stream, int replicate)
    {
        var bytes = New(Ask(stream, replicate), replicate);
        return () => FrameOf(bytes, replicate);
    }

    private JsonElement Ask(RandomStream stream, int replicate) =>
        ChildPool.Of(source.Command).Ask(StudyProtocol.Generate(source.Settings, replicate + 1, ChildSeed.Of(stream)));

    /// <summary>The data that an answer holds.</summary>
    /// <param name="answer">The answer.</param>
    /// <param name="replicate">The replicate's number, from 0.</param>
    /// <inheritdoc cref="Draw"/>
    internal ModelFrame Read(JsonElement answer, int replicate) => FrameOf(New(answer, replicate), replicate);

    /// <summary>The bytes of an answer's data, which no other replicate has.</summary>
    private byte[] New(JsonElement answer, int replicate)
    {
        Csv = StudyProtocol.Data(source.Command, answer);
        var bytes = Encoding.UTF8.GetBytes(Csv);
        RequireNew(bytes, replicate);
        return bytes;
    }

    private ModelFrame FrameOf(byte[] bytes, int replicate) => ModelFrameBuilder.Build(
        DatasetReader.Read($"the data of replicate {replicate + 1} by {source.Command}", bytes), source.Request);

    private void RequireNew(byte[] bytes, int replicate)
    {
        var hash = new Guid(SHA256.HashData(bytes).AsSpan(0, 16));
        var first = Seen.GetOrCreateValue(source).GetOrAdd(hash, replicate);
        if (first != replicate && !source.AllowsRepeats)
        {
            var (before, after) = (Math.Min(first, replicate) + 1, Math.Max(first, replicate) + 1);
            throw new InputException(FormattableString.Invariant(
                $"The command \"{source.Command}\" gave replicates {before} and {after} the same data, byte for byte."))
            {
                Hint = "It has to seed its random numbers with the \"seed\" of each line, and with nothing else. "
                    + "Where so few values are possible that this happens by chance, say \"repeats: allowed\".",
            };
        }
    }
}
