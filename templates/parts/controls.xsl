<?xml version="1.0" encoding="UTF-8"?>
<!--
  PURPOSE     Controls that something bears on, and control states counted.
  INPUT       <controls> with <control-ref>; <framework> with <state-count>.
  MODES       body    the table under the review state of the mapping, or a sentence     row   one control, one framework
              strip   states as one drawn strip                                         tile  one state counted
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:e="urn:tenure:evidence:1" exclude-result-prefixes="e">

  <xsl:template match="e:controls" mode="body">
    <xsl:apply-templates select="$context" mode="mapping"/>
    <xsl:call-template name="table">
      <xsl:with-param name="id" select="'controls'"/>
      <xsl:with-param name="rows"><xsl:apply-templates select="e:control-ref" mode="row"/></xsl:with-param>
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
      <td><bdi><xsl:value-of select="@rationale"/></bdi></td>
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
        <xsl:call-template name="say"><xsl:with-param name="id" select="'value.unrecorded'"/></xsl:call-template>
      </span>
    </xsl:if>
  </xsl:template>

  <!-- A framework in one line: its states with their numbers -->
  <xsl:template match="e:framework" mode="row">
    <tr>
      <th scope="row">
        <a href="{$up}{@page}"><bdi><xsl:value-of select="@title"/></bdi></a>
        <xsl:text> </xsl:text>
        <bdi class="quiet"><xsl:value-of select="@version"/></bdi>
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
            <xsl:call-template name="say"><xsl:with-param name="id" select="'empty.states'"/></xsl:call-template>
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
          <xsl:call-template name="say"><xsl:with-param name="id" select="'framework.matrix'"/></xsl:call-template>
        </a>
      </td>
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
