<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     Controls that something bears on, and control states counted.
  INPUT       <controls> with <control-ref>; <framework> with <state-count>; <review>, <condition>, <override>.
  MODES       body    the table under the review state of the mapping, or a sentence     row   one control, one framework
              strip   states as one drawn strip                                         tile  one state counted
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:template match="e:controls" mode="body">
    <xsl:apply-templates select="$context" mode="mapping"/>
    <xsl:call-template name="table">
      <xsl:with-param name="id" select="'controls'"/>
      <xsl:with-param name="rows" select="e:control-ref"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="e:controls[not(e:control-ref)]" mode="body">
    <xsl:apply-templates select="$context" mode="mapping"/>
    <xsl:call-template name="empty"><xsl:with-param name="id" select="'controls'"/></xsl:call-template>
  </xsl:template>

  <xsl:template match="e:control-ref" mode="row">
    <tr>
      <th scope="row">
        <a href="{$up}{@page}"><bdi class="id"><xsl:value-of select="@display"/></bdi></a>
        <div class="quiet"><bdi><xsl:value-of select="@framework-title"/></bdi></div>
      </th>
      <td><bdi><xsl:value-of select="@title"/></bdi></td>
      <td><xsl:apply-templates select="@state" mode="badge"/></td>
      <td><xsl:apply-templates select="." mode="relation"/></td>
      <td><xsl:apply-templates select="." mode="rationale"/></td>
      <td><xsl:apply-templates select="@review" mode="review"/></td>
    </tr>
  </xsl:template>

  <!-- Reading: the check <relation> the control, and what it does to a risk. -->
  <xsl:template match="*" mode="relation">
    <xsl:if test="@relation">
      <div>
        <xsl:call-template name="word">
          <xsl:with-param name="kind" select="'relation'"/>
          <xsl:with-param name="value" select="@relation"/>
        </xsl:call-template>
      </div>
    </xsl:if>
    <xsl:if test="@effect and @effect != ''">
      <div>
        <xsl:call-template name="word">
          <xsl:with-param name="kind" select="'effect'"/>
          <xsl:with-param name="value" select="@effect"/>
        </xsl:call-template>
      </div>
    </xsl:if>
    <xsl:if test="not(@relation) and not(@effect)">
      <span class="quiet">
        <xsl:call-template name="label"><xsl:with-param name="id" select="'value.unrecorded'"/></xsl:call-template>
      </span>
    </xsl:if>
  </xsl:template>

  <!-- Why a pair is mapped, and for whom the control holds at all -->
  <xsl:template match="*" mode="rationale">
    <bdi><xsl:value-of select="@rationale"/></bdi>
    <xsl:if test="@condition">
      <div class="quiet">
        <xsl:call-template name="say">
          <xsl:with-param name="id" select="'mapping.condition'"/>
          <xsl:with-param name="a"><bdi><xsl:value-of select="@condition"/></bdi></xsl:with-param>
        </xsl:call-template>
      </div>
    </xsl:if>
  </xsl:template>

  <!-- The mapping of one framework: its version, and who has read it -->
  <xsl:template match="e:review" mode="body">
    <p class="section-lead">
      <xsl:choose>
        <xsl:when test="@status = 'none'">
          <xsl:call-template name="label"><xsl:with-param name="id" select="'mapping.none'"/></xsl:call-template>
        </xsl:when>
        <xsl:otherwise>
          <xsl:call-template name="say">
            <xsl:with-param name="id" select="'mapping.version'"/>
            <xsl:with-param name="a"><bdi><xsl:value-of select="@version"/></bdi></xsl:with-param>
          </xsl:call-template>
        </xsl:otherwise>
      </xsl:choose>
      <xsl:apply-templates select="e:reviewer" mode="body"/>
    </p>
    <xsl:apply-templates select="e:condition" mode="body"/>
  </xsl:template>

  <!-- For whom controls of a framework hold at all -->
  <xsl:template match="e:condition" mode="body">
    <p class="section-lead"><xsl:apply-templates select="." mode="words"/></p>
  </xsl:template>

  <xsl:template match="e:condition" mode="row">
    <div class="quiet"><xsl:apply-templates select="." mode="words"/></div>
  </xsl:template>

  <xsl:template match="e:condition" mode="words">
    <xsl:call-template name="say">
      <xsl:with-param name="id" select="'mapping.condition.of'"/>
      <xsl:with-param name="a"><xsl:value-of select="format-number(@n, '#,##0')"/></xsl:with-param>
      <xsl:with-param name="b"><xsl:value-of select="format-number(@of, '#,##0')"/></xsl:with-param>
      <xsl:with-param name="c"><bdi><xsl:value-of select="@text"/></bdi></xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="e:reviewer" mode="body">
    <xsl:text> </xsl:text>
    <xsl:call-template name="say">
      <xsl:with-param name="id" select="'mapping.reviewer'"/>
      <xsl:with-param name="a"><bdi><xsl:value-of select="@name"/></bdi></xsl:with-param>
      <xsl:with-param name="b"><bdi><xsl:value-of select="@role"/></bdi></xsl:with-param>
      <xsl:with-param name="c"><bdi><xsl:value-of select="@date"/></bdi></xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- One framework's mapping among all -->
  <xsl:template match="e:review" mode="row">
    <tr>
      <th scope="row"><a href="{$up}{@page}"><bdi><xsl:value-of select="@title"/></bdi></a></th>
      <td><bdi><xsl:value-of select="@version"/></bdi></td>
      <td><xsl:apply-templates select="@status" mode="review"/></td>
      <td><xsl:apply-templates select="e:reviewer" mode="body"/></td>
    </tr>
  </xsl:template>

  <!-- Pairs that somebody mapped otherwise; nothing where there are none -->
  <xsl:template match="*" mode="overrides">
    <xsl:if test="e:override">
      <section id="overrides">
        <xsl:call-template name="section-head"><xsl:with-param name="words" select="'overrides'"/></xsl:call-template>
        <xsl:call-template name="table">
          <xsl:with-param name="id" select="'overrides'"/>
          <xsl:with-param name="rows" select="e:override"/>
        </xsl:call-template>
      </section>
    </xsl:if>
  </xsl:template>

  <xsl:template match="e:override" mode="row">
    <tr>
      <th scope="row">
        <a href="{$up}{@check-page}"><bdi class="id"><xsl:value-of select="@check"/></bdi></a>
      </th>
      <td>
        <a href="{$up}{@page}"><bdi class="id"><xsl:value-of select="@display"/></bdi></a>
        <div class="quiet"><bdi><xsl:value-of select="@framework-title"/></bdi></div>
      </td>
      <td>
        <xsl:call-template name="say">
          <xsl:with-param name="id" select="concat('override.', @change)"/>
          <xsl:with-param name="a">
            <xsl:call-template name="word">
              <xsl:with-param name="kind" select="'relation'"/>
              <xsl:with-param name="value" select="@relation"/>
            </xsl:call-template>
          </xsl:with-param>
          <xsl:with-param name="b">
            <xsl:call-template name="word">
              <xsl:with-param name="kind" select="'relation'"/>
              <xsl:with-param name="value" select="@before"/>
            </xsl:call-template>
          </xsl:with-param>
        </xsl:call-template>
      </td>
      <td>
        <xsl:call-template name="say">
          <xsl:with-param name="id" select="'override.why'"/>
          <xsl:with-param name="a"><bdi><xsl:value-of select="@decided-by"/></bdi></xsl:with-param>
          <xsl:with-param name="b"><bdi><xsl:value-of select="@reason"/></bdi></xsl:with-param>
        </xsl:call-template>
      </td>
      <td><xsl:value-of select="@date"/></td>
    </tr>
  </xsl:template>

  <!-- A framework in one line: its states with their numbers -->
  <xsl:template match="e:framework" mode="row">
    <tr>
      <th scope="row">
        <a href="{$up}{@page}"><bdi><xsl:value-of select="@title"/></bdi></a>
        <xsl:text> </xsl:text>
        <bdi class="quiet"><xsl:value-of select="@version"/></bdi>
        <xsl:apply-templates select="e:condition" mode="row"/>
      </th>
      <td class="n">
        <xsl:call-template name="number">
          <xsl:with-param name="n" select="@controls"/>
          <xsl:with-param name="page" select="@page"/>
        </xsl:call-template>
      </td>
      <td>
        <xsl:apply-templates select="." mode="strip"/>
        <xsl:if test="not(e:state-count)">
          <span class="quiet">
            <xsl:call-template name="label"><xsl:with-param name="id" select="'empty.states'"/></xsl:call-template>
          </span>
        </xsl:if>
        <ul class="states">
          <xsl:apply-templates select="e:state-count" mode="tile">
            <xsl:with-param name="page" select="string(@page)"/>
          </xsl:apply-templates>
        </ul>
      </td>
      <td>
        <a href="{$up}{@matrix-page}">
          <xsl:call-template name="label"><xsl:with-param name="id" select="'framework.matrix'"/></xsl:call-template>
        </a>
      </td>
      <td><xsl:apply-templates select="@review" mode="review"/></td>
    </tr>
  </xsl:template>

  <xsl:template match="*" mode="strip">
    <xsl:variable name="of" select="sum(e:state-count/@n)"/>
    <xsl:if test="$of &gt; 0">
      <svg class="strip" viewBox="0 0 400 14" width="400" height="14" preserveAspectRatio="none" aria-hidden="true">
        <xsl:for-each select="e:state-count[@n &gt; 0]">
          <rect class="fill-{@state}" x="{format-number(400 * sum(preceding-sibling::e:state-count/@n) div $of, '0.##')}" width="{format-number(400 * @n div $of, '0.##')}" height="14"/>
        </xsl:for-each>
      </svg>
    </xsl:if>
  </xsl:template>

  <xsl:template match="e:state-count" mode="tile">
    <xsl:param name="page"/>
    <li>
      <xsl:apply-templates select="@state" mode="badge"/>
      <xsl:text> </xsl:text>
      <xsl:call-template name="amount">
        <xsl:with-param name="n" select="@n"/><xsl:with-param name="of" select="@of"/>
        <xsl:with-param name="page" select="concat($page, '#state-', @state)"/>
      </xsl:call-template>
    </li>
  </xsl:template>

</xsl:stylesheet>
